import { sql } from "drizzle-orm";
import fc from "fast-check";
import { parse, validate, type DocumentNode, type ExecutionResult, type GraphQLSchema } from "graphql";
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from "vitest";
import { anonymous, type Viewer } from "../../src/auth/viewer.js";
import { createContext, type Context } from "../../src/graphql/context.js";
import { createCompiled } from "../../src/graphql/execution/compiled.js";
import { createInterpreter, type Executor } from "../../src/graphql/execution/executor.js";
import { jsonOf } from "../../src/graphql/execution/written.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { lookingAhead } from "../../src/graphql/look-ahead/executor.js";
import { startTestApp, type TestApp } from "../support/app.js";
import { buildWorld, type World } from "./authorisation/world.js";
import { schema as graph } from "./authorisation/selection.js";
import { drawDocument, drawFrom, type Drawn, type Options } from "./same-answers/documents.js";
import { faultySchema, sourceOf, type Calls } from "./same-answers/faulty-schema.js";

const testDatabase = inject("testDatabase");
/** Documents for each test. */
const runs = 100;

/** Which columns a failed statement asked for is all that may differ; clients never see its text. */
const withoutSql = (json: string): string => json.replaceAll(/Failed query: (?:[^"\\]|\\.)*/g, "Failed query");

/** Links to files are signed anew each second. */
const withoutLinks = (json: string): string => json.replaceAll(/\/files\/[\w.-]+/g, "/files/…");

/** Everything a client or a log can see of a result. */
const shown = ({ errors, ...rest }: ExecutionResult, calls: Calls = []): string =>
  withoutLinks(withoutSql(jsonOf({ errors, ...rest, origins: errors?.map(({ originalError: error, nodes }) => [error?.name, error?.message, nodes?.length]), calls })));

const documents = (schema: GraphQLSchema, options: Options): fc.Arbitrary<Drawn & { document: DocumentNode }> =>
  fc
    .integer()
    .map((seed) => drawDocument(schema, drawFrom(seed), options))
    .map((drawn) => ({ ...drawn, document: parse(drawn.text) }))
    .filter(({ document }) => validate(schema, document).length === 0);

describe("a schema that fails in every way", () => {
  const schema = faultySchema();
  const [compiled, interpreted] = [createCompiled(schema), createInterpreter(schema)];

  test.each(["query", "mutation", "subscription"] as const)("%s: the same answers, errors and order of calls", async (kind) => {
    const options: Options = { kind, depth: 5, values: { Odd: [1, 3, 5, 7, 2] } };
    const run = async (execute: Executor, { document, variables }: Drawn & { document: DocumentNode }, seed: number) => {
      const calls: Calls = [];
      const context = { calls } as unknown as Context;
      return shown(await execute({ document, operationName: "Drawn", variables, context, root: sourceOf("Query", seed) }), calls);
    };
    const property = fc.asyncProperty(documents(schema, options), fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), async (drawn, seeds) => {
      for (const seed of seeds) expect(await run(compiled, drawn, seed)).toBe(await run(interpreted, drawn, seed));
    });
    await fc.assert(property, { numRuns: runs, endOnFailure: true });
  });
});

/** Rows that were read ahead are there at once, so that their errors may come in another order than one after the other. */
function inAnyOrder(answer: string): string {
  if (!answer.includes('"errors"')) return answer;
  const parsed = JSON.parse(answer) as { errors?: unknown[]; origins?: unknown[] };
  const sorted = (list: unknown[] = []) => list.map((item) => JSON.stringify(item)).toSorted();
  return JSON.stringify({ ...parsed, errors: sorted(parsed.errors), origins: sorted(parsed.origins) });
}

/**
 * Expects the same answers. An error that takes all data away ends the answer at once: where several statements are under
 * way, which of the errors came before it, and which one it was, depends on what the database answered first.
 */
function expectSame(one: string, other: string, text: string): void {
  const isWithoutData = (answer: string) => answer.includes('"data":null') && answer.includes('"errors":[');
  const isRace = testDatabase.engine === "postgres" && isWithoutData(one) && isWithoutData(other);
  if (!isRace) expect(one, text).toBe(other);
}

describe("the graph", () => {
  let app: TestApp;
  let world: World;
  const viewers: Record<string, Viewer> = {};
  const [compiled, interpreted] = [createCompiled(graph), createInterpreter(graph)];
  /** One that reads ahead, and one that only leaves out columns as in a crowd. */
  const failures: object[] = [];
  // Values that a column cannot hold fail on every way, and random documents hold some.
  const isOfClient = ({ err }: { err?: { cause?: { code?: string } } }): boolean => err?.cause?.code?.startsWith("22") ?? false;
  const log = { warn: (fields: object) => void (isOfClient(fields) || failures.push(fields)) };
  const ahead = [lookingAhead(graph, compiled, { log, crowd: Infinity, writes: true }), lookingAhead(graph, compiled, { log, crowd: 0, writes: true })];
  // The loaders make up for what could not be read ahead, so the answers alone would not show it.
  afterEach(() => expect(failures.splice(0)).toEqual([]));

  beforeAll(async () => {
    app = await startTestApp();
    world = await buildWorld(app);
    const origin = { ip: null, userAgent: null };
    viewers["nobody"] = anonymous(origin);
    for (const [name, session] of Object.entries(world.sessions)) {
      if (session) viewers[name] = await app.services.authenticator.authenticate(`Bearer ${session.token}`, origin);
    }
  });
  afterAll(() => app.close());

  /** Fields that the database wrote. */
  let writtenFields = 0;
  const run = async (execute: Executor, { document, variables }: Drawn & { document: DocumentNode }, viewer: Viewer, isForText = false) => {
    const context = createContext(app.services, viewer, "request");
    const answer = shown(await execute({ document, operationName: "Drawn", variables, context, isForText }));
    writtenFields += context.loaders.written?.size ?? 0;
    return answer;
  };
  const values = () => ({ ID: [...world.ids.values(), "unknown"], Int: [1, 2, 3, 2, 3, 101] });

  test.each(["nobody", "asha", "admin"])("%s reads the same", async (person) => {
    const viewer = viewers[person];
    if (!viewer) throw new Error(`${person} is not among ${Object.keys(viewers).join()}`);
    const options: Options = { kind: "query", depth: 4, values: values() };
    const answers: string[] = [];
    writtenFields = 0;
    const property = fc.asyncProperty(documents(graph, options), async (drawn) => {
      const answer = await run(compiled, drawn, viewer);
      expectSame(answer, await run(interpreted, drawn, viewer), drawn.text);
      for (const execute of ahead) expectSame(inAnyOrder(await run(execute, drawn, viewer)), inAnyOrder(answer), drawn.text);
      for (const execute of ahead) expectSame(inAnyOrder(await run(execute, drawn, viewer, true)), inAnyOrder(answer), drawn.text);
      answers.push(answer);
    });
    await fc.assert(property, { numRuns: runs, endOnFailure: true });
    // Many documents run, and not all of them well: else nothing is compared.
    expect(answers.filter((answer) => answer.includes('"data":{')).length).toBeGreaterThan(runs / 4);
    expect(answers.some((answer) => answer.includes('"errors"'))).toBe(true);
    expect(writtenFields).toBeGreaterThan(0);
  });

  test.each([
    ["a catalogue page", 1, `{ courses(first: 3) { nodes { id title credits createdAt status keywords nsqfLevel { id level } provider { id name }
      skills { isPrimary skill { id name category keywords } } modules { week title topics { id title estimatedMinutes } } } } }`],
    ["a counted page with cursors", 1, `{ courses(first: 2, where: { language: { eq: "en" } }, orderBy: { field: TITLE, direction: DESC }) {
      totalCount edges { cursor node { __typename title } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`],
    ["an empty page", 1, `{ courses(where: { language: { eq: "xx" } }) { nodes { id } pageInfo { hasNextPage endCursor } totalCount } }`],
    ["lists below lists", 1, `{ providers(first: 5) { nodes { name courses(first: 1) { totalCount nodes { title prerequisites { nodes { title } pageInfo { hasNextPage endCursor } } } } } } }`],
    ["two names for a page", 2, `{ one: courses(first: 1) { nodes { ...C } } other: courses(first: 5, orderBy: { field: TITLE, direction: ASC }) { nodes { ...C } } } fragment C on Course { title provider { name } }`],
    ["a selection in two parts", 0, `{ courses(first: 3) { nodes { provider { name } } nodes { title provider { id } } } }`],
    ["what only some may see", 0, `{ viewer { email fullName streak { currentStreak } enrollments { nodes { status course { title myProgress { status } } } }
      careerPaths { totalCount nodes { id status matchScore careerPath { title jobRole { title } } milestones { id status milestone { id title course { title } } } } } } }`],
    ["other learners", 0, `{ courses { nodes { title createdBy { username fullName email } enrollments(first: 5) { nodes { id status progressPercent user { username email } } } } } }`],
    ["a fragment on the viewer and on others", 0, `{ courses(first: 5) { nodes { title createdBy { ...U streak { id } } } } viewer { ...U streak { id } } user(id: "USER") { ...U streak { id } } }
      fragment U on User { username enrollments(first: 2) { nodes { status } } createdCourses(first: 2) { nodes { title } } }`],
    ["a fragment on the viewer and on a node", 0, `{ viewer { ...U streak { id } } node(id: "USER") { ... on User { ...U } } }
      fragment U on User { username enrollments(first: 2) { nodes { status } } }`],
    ["levels, whose keys are decimals", 1, `{ nsqfLevels(first: 3) { nodes { level a: courses(last: 2) { nodes { title } } b: courses(first: 3) { totalCount nodes { id description credits } } } } }`],
    ["rows that stand there several times", 0, `{ courses(first: 5) { nodes { title provider { name courses(first: 1) { totalCount nodes { title provider { slug } } } } } } }`],
    ["a size alone", 1, `{ courses { totalCount } providers(first: 3) { nodes { courses { totalCount } } } }`],
  ])("%s is the same for everyone, written by the database", async (_what, atLeast, template) => {
    const text = template.replaceAll("USER", toGlobalId("User", world.sessions["asha"]?.userId ?? ""));
    for (const viewer of Object.values(viewers)) {
      const drawn = { text, variables: {}, document: parse(text.replace("{", "query Drawn {")) };
      const answer = await run(interpreted, drawn, viewer);
      writtenFields = 0;
      for (const execute of ahead) expect(await run(execute, drawn, viewer, true)).toBe(answer);
      expect(writtenFields).toBeGreaterThanOrEqual(atLeast * ahead.length);
    }
  });

  test("a list that is too long to be counted as it is read is written all the same", async () => {
    await app.db.execute(sql`insert into catalog.courses (id, course_id, title, language)
      select gen_random_uuid(), 'long-' || n, 'Long ' || n, 'zz' from generate_series(1, 1001) n`);
    const text = `{ a: courses(last: 3) { nodes { provider { name courses(last: 1) { nodes { title } } } } }
      b: courses(first: 3, where: { language: { eq: "zz" } }) { totalCount pageInfo { hasNextPage } nodes { title provider { slug } } } }`;
    const drawn = { text, variables: {}, document: parse(text.replace("{", "query Drawn {")) };
    for (const viewer of Object.values(viewers)) {
      const answer = await run(interpreted, drawn, viewer);
      expect(answer).toContain('"totalCount":1001');
      writtenFields = 0;
      for (const execute of ahead) expect(await run(execute, drawn, viewer, true)).toBe(answer);
      expect(writtenFields).toBeGreaterThanOrEqual(ahead.length);
    }
    await app.db.execute(sql`delete from catalog.courses where language = 'zz'`);
  });

  test("a variable that is left out takes its default, and one that is null does not", async () => {
    const viewer = viewers["asha"] as Viewer;
    const document = parse("query Drawn($n: Int = 1) { courses(first: $n) { nodes { title } } }");
    for (const variables of [{}, { n: null }, { n: 2 }, {}]) {
      const drawn = { text: "", variables, document };
      const answer = await run(interpreted, drawn, viewer);
      for (const execute of ahead) expect(await run(execute, drawn, viewer, true)).toBe(answer);
    }
  });

  test("whoever may not call a mutation is refused alike", async () => {
    const viewer = viewers["nobody"] as Viewer;
    const refused = Object.values(graph.getMutationType()?.getFields() ?? {}).filter(({ extensions }) => extensions["policy"] !== "public");
    const options: Options = { kind: "mutation", depth: 3, roots: refused.map(({ name }) => name), values: values() };
    const property = fc.asyncProperty(documents(graph, options), async (drawn) => {
      const answer = await run(compiled, drawn, viewer);
      expect(answer, drawn.text).toBe(await run(interpreted, drawn, viewer));
      answers.push(answer);
    });
    const answers: string[] = [];
    await fc.assert(property, { numRuns: runs, endOnFailure: true });
    expect(answers.filter((answer) => answer.includes("UNAUTHENTICATED")).length).toBeGreaterThan(runs / 4);
  });
});
