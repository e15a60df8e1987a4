import fc from "fast-check";
import {
  buildSchema, getNamedType, isCompositeType, isEnumType, isInputObjectType, isListType, isNonNullType, isScalarType, printSchema,
  type GraphQLField, type GraphQLInputType, type GraphQLObjectType, type GraphQLSchema,
} from "graphql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSchema } from "../../src/graphql/schema.js";
import { resolvers } from "../../src/resolvers/index.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";

let app: TestApp;
let schema: GraphQLSchema;
beforeAll(async () => {
  app = await startTestApp({ production: true, introspection: false, explorer: false });
  schema = buildSchema(printSchema(createSchema(resolvers)));
});
afterAll(() => app.close());

const runs = { numRuns: 250, seed: 20_261_120 };
const leaks = /node_modules|\bat \S+ \(|\/src\/|\.ts:\d|select |insert into|\$\d|relation "|column "|syntax error at|Did you mean|password_hash|ECONN|drizzle|postgres|pglite/i;

/** Sends a body as it is and holds the answer to what every answer promises. */
async function check(body: string, as?: Session, headers: Record<string, string> = {}): Promise<void> {
  const startedAt = performance.now();
  const response = await fetch(`${app.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(as ? { authorization: `Bearer ${as.token}` } : {}), ...headers },
    body,
  });
  const text = await response.text();
  expect(response.status, `${body}\n${text}`).toBeLessThan(500);
  const { errors = [] } = JSON.parse(text) as { errors?: { message: string; extensions?: { code?: string } }[] };
  for (const error of errors) {
    expect(error.extensions?.code, `${body}\n${text}`).toBeTruthy();
    expect(error.extensions?.code, `${body}\n${text}`).not.toBe("INTERNAL_SERVER_ERROR");
    // What the client sent may come back to it; what it did not send may not.
    const own = leaks.exec(error.message)?.[0];
    if (own !== undefined) expect(body.toLowerCase(), text).toContain(own.toLowerCase());
  }
  expect(text.length).toBeLessThan(1_000_000);
  expect(performance.now() - startedAt).toBeLessThan(10_000);
}

test("no body, however broken, upsets the server", async () => {
  const valid = JSON.stringify({ query: "query Q($n: Int) { courses(first: $n) { nodes { title } } }", variables: { n: 3 }, operationName: "Q" });
  const mutated = fc
    .tuple(fc.nat(valid.length), fc.nat(12), fc.string({ unit: "binary", maxLength: 12 }))
    .map(([at, length, text]) => valid.slice(0, at) + text + valid.slice(at + length));
  const shaped = fc.record(
    { query: fc.oneof(fc.string(), fc.jsonValue()), variables: fc.jsonValue(), operationName: fc.jsonValue(), extensions: fc.jsonValue() },
    { requiredKeys: [] },
  );
  const body = fc.oneof(mutated, fc.json(), fc.string({ unit: "binary" }), shaped.map((value) => JSON.stringify(value)), fc.array(shaped, { maxLength: 4 }).map((value) => JSON.stringify(value)));
  await fc.assert(fc.asyncProperty(body, (text) => check(text)), runs);
});

test("no header of the content upsets the server", async () => {
  const type = fc.constantFrom("application/json", "text/plain", "application/graphql", "multipart/form-data; boundary=x", "application/json; charset=utf-16", "application/json;charset", "*/*", "application/json; charset=\"utf-8");
  const accept = fc.constantFrom("*/*", "application/json", "application/graphql-response+json", "text/event-stream", "multipart/mixed", "text/html, */*;q=0.1", "nonsense");
  await fc.assert(
    fc.asyncProperty(type, accept, (contentType, wanted) => check('{"query":"{ __typename }"}', undefined, { "content-type": contentType, accept: wanted, "apollo-require-preflight": "1" })),
    { ...runs, numRuns: 60 },
  );
});

const oddText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom("", " ", "'", "\0", "\\", "%_", "'; drop table users; --", "\ud800", "🦉", "null", "0", "-1", "9".repeat(400), "2024-02-30", "2024-02-30T25:61:61Z", "+275760-09-13", "99999-01-01T00:00:00Z", "0000-00-00", "Asia/Nowhere", "a@b", "http://", "NaN", "Infinity", "00000000-0000-0000-0000-000000000000"),
  fc.constantFrom("User", "Course", "Job", "NSQFLevel", "Skill", "Streak").chain((name) =>
    fc.oneof(fc.uuid(), fc.string({ maxLength: 10 }), fc.constant("4.5"), fc.constant("99.9")).map((key) => Buffer.from(`v1:${name}:${key}`).toString("base64url")),
  ),
);
const instants = fc.date({ noInvalidDate: true, min: new Date("0001-01-01T00:00:00Z"), max: new Date("9999-12-31T00:00:00Z") });
/** Values that pass the door of their scalar, so that something behind it has to deal with them. */
const scalars: Record<string, fc.Arbitrary<unknown>> = {
  Boolean: fc.boolean(),
  UUID: fc.uuid(),
  DateTime: instants.map((date) => date.toISOString()),
  LocalDate: instants.map((date) => date.toISOString().slice(0, 10)),
  EmailAddress: fc.emailAddress(),
  TimeZone: fc.constantFrom("Asia/Kolkata", "Pacific/Apia", "UTC"),
  URL: fc.webUrl(),
  JSON: fc.jsonValue(),
};
const oddNumber = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.double(), fc.constantFrom(0, -1, 101, 2 ** 31, -(2 ** 31), 2 ** 53, 1e308, 0.1));

/** A value of the type, at the edges of what it takes; now and then one that it does not take. */
function valueOf(type: GraphQLInputType, depth = 0): fc.Arbitrary<unknown> {
  if (isNonNullType(type)) return valueOf(type.ofType as GraphQLInputType, depth).map((value) => value ?? "");
  const value = ((): fc.Arbitrary<unknown> => {
    if (isListType(type)) return fc.array(valueOf(type.ofType as GraphQLInputType, depth + 1), { maxLength: depth > 2 ? 1 : 3 });
    if (isEnumType(type)) return fc.constantFrom(...type.getValues().map(({ name }) => name));
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter((field) => isNonNullType(field.type) || depth < 4);
      return fc.record(Object.fromEntries(fields.map((field) => [field.name, valueOf(field.type, depth + 1)])), {
        requiredKeys: fields.filter((field) => isNonNullType(field.type)).map((field) => field.name),
      });
    }
    if (isScalarType(type) && type.name === "Int") return fc.oneof({ weight: 3, arbitrary: fc.integer({ min: -1, max: 120 }) }, fc.integer());
    if (isScalarType(type) && ["Float", "BigInt"].includes(type.name)) return oddNumber;
    return scalars[type.name] ?? oddText;
  })();
  return fc.oneof({ weight: 40, arbitrary: value }, { weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: oddText });
}

const selectionOf = (field: GraphQLField<unknown, unknown>): string => {
  const type = getNamedType(field.type);
  if (!isCompositeType(type)) return "";
  const fields = "getFields" in type ? Object.values((type as GraphQLObjectType).getFields()) : [];
  const leaves = fields.filter((leaf) => !isCompositeType(getNamedType(leaf.type)) && leaf.args.length === 0).map(({ name }) => name);
  const nested = fields.filter(({ name }) => name === "errors").map(() => "errors { code path message }");
  const nodes = fields.filter(({ name }) => name === "nodes").map(() => "nodes { __typename }");
  return `{ ${["__typename", ...leaves, ...nested, ...nodes].join(" ")} }`;
};

test("no value of any argument of any root field upsets the server", async () => {
  const roots = [
    ...Object.values(schema.getQueryType()?.getFields() ?? {}).map((field) => ({ kind: "query", field })),
    ...Object.values(schema.getMutationType()?.getFields() ?? {}).map((field) => ({ kind: "mutation", field })),
  ];
  for (const { kind, field } of roots) {
    if (field.args.length === 0) continue;
    const declared = field.args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(", ");
    const passed = field.args.map((arg) => `${arg.name}: $${arg.name}`).join(", ");
    const query = `${kind} (${declared}) { ${field.name}(${passed}) ${selectionOf(field)} }`;
    const variables = fc.record(Object.fromEntries(field.args.map((arg) => [arg.name, valueOf(arg.type)])), {
      requiredKeys: field.args.filter((arg) => isNonNullType(arg.type)).map((arg) => arg.name),
    });
    // Some of these end the session, so nobody works on another's.
    const sessions = [await app.signedIn(), await app.signedIn("teacher"), await app.signedIn("admin"), undefined];
    await fc.assert(
      fc.asyncProperty(variables, fc.nat(3), (given, who) => check(JSON.stringify({ query, variables: given }), sessions[who])),
      { ...runs, numRuns: 20 },
    );
  }
}, 180_000);
