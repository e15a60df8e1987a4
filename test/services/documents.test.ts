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

test("documents are kept up to so many tokens together, comments among them", () => {
  const kept = documents();
  const long = (n: number) => `{ a } #${n}${"\n#".repeat(9_990)}`;
  for (let n = 0; n < 25; n++) kept.prepare(long(n));
  const known = Array.from({ length: 25 }, (_, n) => Boolean(kept.known(long(n))));
  expect(known).toEqual([...Array<boolean>(5).fill(false), ...Array<boolean>(20).fill(true)]);
});

test("a document of more than 40,000 characters is executed, but not kept", () => {
  const kept = documents();
  const [fits, large] = [text(1, 40_000 - text(1).length), text(1, 40_001 - text(1).length)];
  for (const query of [fits, large]) expect(kept.prepare(query)).toHaveProperty("document");
  expect([kept.known(fits), kept.known(large)].map(Boolean)).toEqual([true, false]);
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
