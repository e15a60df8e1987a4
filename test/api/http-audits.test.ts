import { serverAudits } from "graphql-http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestApp, type TestApp } from "../support/app.js";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ introspection: true });
});
afterAll(() => app.close());

/** CSRF prevention at work: GET and form posts that a foreign page could send without a preflight. */
const noticesOfCsrfPrevention = ["5A70", "D6D5", "6A70"];

test("all audits of GraphQL over HTTP pass; CSRF prevention causes the only notices", async () => {
  const audits = serverAudits({ url: `${app.url}/graphql` });
  const results = await Promise.all(audits.map(async (audit) => ({ id: audit.id, name: audit.name, result: await audit.fn() })));
  expect(results).toHaveLength(61);
  const failed = results.filter(({ result }) => result.status !== "ok");
  expect(failed.filter(({ result }) => result.status !== "notice").map(({ id, name }) => `${id} ${name}`)).toEqual([]);
  expect(failed.map(({ id }) => id).sort()).toEqual([...noticesOfCsrfPrevention].sort());
});
