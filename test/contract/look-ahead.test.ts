import { parse } from "graphql";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { anonymous, type Viewer } from "../../src/auth/viewer.js";
import { createContext } from "../../src/graphql/context.js";
import { createCompiled } from "../../src/graphql/execution/compiled.js";
import type { Executor } from "../../src/graphql/execution/executor.js";
import { lookingAhead } from "../../src/graphql/look-ahead/executor.js";
import { startTestApp, type TestApp } from "../support/app.js";
import { countStatements } from "../support/statements.js";
import { schema } from "./authorisation/selection.js";
import { buildWorld } from "./authorisation/world.js";

const compiled = createCompiled(schema);
/** What failed as it was read ahead; the loaders would make up for it unseen. */
const failures: object[] = [];
const log = { warn: (fields: object) => void failures.push(fields) };
const alone = lookingAhead(schema, compiled, { log, crowd: Infinity, writes: true });
const inCrowd = lookingAhead(schema, compiled, { log, crowd: 0, writes: true });

let app: TestApp;
let asha: Viewer;
afterEach(() => expect(failures.splice(0)).toEqual([]));
beforeAll(async () => {
  app = await startTestApp();
  const world = await buildWorld(app);
  const { token } = world.sessions.asha ?? { token: "" };
  asha = await app.services.authenticator.authenticate(`Bearer ${token}`, { ip: null, userAgent: null });
});
afterAll(() => app.close());

async function run(execute: Executor, text: string, viewer: Viewer) {
  const { result, statements } = await countStatements(app.engine, async () =>
    execute({ document: parse(text), operationName: null, variables: {}, context: createContext(app.services, viewer, "request") }),
  );
  return { answer: JSON.stringify(result), statements };
}

describe("reading ahead", () => {
  test.each([
    ["a list and its edges", "{ courses(first: 3) { nodes { title provider { name } skills { skill { name } } } } }", 1],
    ["a page with its size", '{ courses(first: 3, where: { language: { eq: "en" } }) { totalCount nodes { title provider { name } } } }', 1],
    ["the viewer, as deep as it goes", "{ viewer { fullName streak { currentStreak } enrollments(first: 2) { nodes { course { title provider { name } } } } careerPaths(first: 1) { nodes { milestones { milestone { title course { title } } } } } } }", 1],
    ["a key that has to be known first", "{ viewer { id streak { nextMilestone { milestone { title } } } } }", 2],
  ])("%s: one statement, and the same answer", async (_, text, expected) => {
    const plain = await run(compiled, text, asha);
    const ahead = await run(alone, text, asha);
    expect(ahead.answer).toBe(plain.answer);
    expect(ahead.answer).not.toContain('"errors"');
    expect(ahead.statements).toHaveLength(expected);
    expect(plain.statements.length).toBeGreaterThan(expected);
  });

  test("reads only the columns that somebody looks at", async () => {
    const { statements } = await run(alone, "{ courses(first: 3) { nodes { title } } }", asha);
    expect(statements.join()).toContain('"title"');
    expect(statements.join()).not.toContain('"description"');
  });

  test("reads nothing for a root field that is refused", async () => {
    const { answer, statements } = await run(alone, "{ auditLogs(first: 5) { nodes { action actor { username } } } }", anonymous());
    expect(answer).toContain("UNAUTHENTICATED");
    expect(statements).toEqual([]);
  });

  test("leaves to batching, in a crowd, what all requests share", async () => {
    const text = "{ courses(first: 1) { nodes { id } } }";
    const [, id = ""] = /"id":"([^"]+)"/.exec((await run(compiled, text, anonymous())).answer) ?? [];
    const course = `{ course(id: "${id}") { title provider { name } } }`;
    const both = await countStatements(app.engine, () =>
      Promise.all([run(inCrowd, course, anonymous()), run(inCrowd, course, anonymous())]),
    );
    expect(both.result[0]?.answer).toBe(both.result[1]?.answer);
    expect((await run(alone, course, anonymous())).statements).toHaveLength(1);
    expect((await run(inCrowd, course, anonymous())).statements).toHaveLength(2);
  });
});
