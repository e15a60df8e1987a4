import { createHash } from "node:crypto";
import { buildSchema, parse } from "graphql";
import { expect, test } from "vitest";
import { createDocuments } from "../../src/graphql/documents.js";

const schema = buildSchema("type Query { a: Int }");
const documents = () => createDocuments(schema, { introspection: true });
const text = (n: number, length = 0) => `{ a } #${n}${"-".repeat(length)}`;

test("documents are kept up to their number, the least recently used going first", () => {
  const kept = documents();
  for (let n = 0; n < 1_000; n++) kept.prepare(text(n));
  expect(kept.known(text(0))).toBeDefined();
  kept.prepare(text(1_000));
  expect([kept.known(text(0)), kept.known(text(1)), kept.known(text(2))].map(Boolean)).toEqual([true, false, true]);
});

test("documents are kept up to their length together, for comments are no tokens", () => {
  const kept = documents();
  for (let n = 0; n < 30; n++) kept.prepare(text(n, 90_000));
  expect(Array.from({ length: 30 }, (_, n) => Boolean(kept.known(text(n, 90_000)))).filter(Boolean)).toHaveLength(22);
  expect(kept.known(text(29, 90_000))).toBeDefined();
  kept.prepare(text(30, 100_000));
  expect(kept.known(text(30, 100_000))).toBeUndefined();
});

test("what is not valid is not kept", () => {
  const kept = documents();
  expect([kept.prepare("{ b }"), kept.prepare("{")]).toMatchObject([{ errors: [{}] }, { errors: [{}] }]);
  expect([kept.known("{ b }"), kept.known("{")]).toEqual([undefined, undefined]);
});

test("one document serves Apollo and the sockets, whoever brings it first", async () => {
  const kept = documents();
  const fromApollo = parse(text(1));
  await kept.documentStore.set("prefix:hash of Apollo's", fromApollo);
  expect(kept.prepare(text(1))).toEqual({ document: fromApollo });
  expect(kept.known(text(1))).toBe(fromApollo);
});

test("a hash stands for a document once it was registered, and no longer than the document is kept", async () => {
  const kept = documents();
  const hash = createHash("sha256").update(text(1)).digest("hex");
  kept.prepare(text(1));
  expect([kept.persisted(hash), await kept.persistedQueries.get(`apq:${hash}`)]).toEqual([undefined, undefined]);
  await kept.persistedQueries.set(`apq:${hash}`, text(1));
  expect(kept.persisted(hash)).toBe(kept.known(text(1)));
  expect(await kept.persistedQueries.get(`apq:${hash}`)).toBe(text(1));
  for (let n = 2; n < 1_002; n++) kept.prepare(text(n));
  expect([kept.persisted(hash), await kept.documentStore.get(`schema:${hash}`)]).toEqual([undefined, undefined]);
});
