import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Authenticator } from "../../src/auth/authenticate.js";
import { anonymous } from "../../src/auth/viewer.js";
import { inTransaction } from "../../src/db/unit-of-work.js";
import { closeCodes } from "../../src/graphql/close-codes.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";
import { RawSocket } from "../support/socket.js";

let app: TestApp;
let learner: Session;

beforeAll(async () => {
  app = await startTestApp();
  learner = await app.signedIn();
});
afterAll(() => app.close());

/** As long as `run` takes, nobody's account can be looked up. */
async function withoutDatabase<Result>(run: () => Promise<Result>): Promise<Result> {
  const authenticator = app.services.authenticator as { authenticate: Authenticator["authenticate"] };
  const { authenticate } = authenticator;
  authenticator.authenticate = async () => Promise.reject(Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }));
  try {
    return await run();
  } finally {
    authenticator.authenticate = authenticate;
  }
}

test("a request whose viewer cannot be looked up answers 503, not that something is wrong with it", async () => {
  const answer = await withoutDatabase(() => app.query("{ viewer { id } }", {}, learner));
  expect(answer).toMatchObject({ status: 503, errors: [{ extensions: { code: "UNAVAILABLE" } }] });
  expect(JSON.stringify(answer)).not.toContain("ECONNREFUSED");
});

test("a socket whose viewer cannot be looked up is told to come back, not that its token is refused", async () => {
  const closed = await withoutDatabase(async () => {
    const raw = await RawSocket.open(app.url);
    raw.send({ type: "connection_init", payload: { authorization: `Bearer ${learner.token}` } });
    return raw.closed;
  });
  expect(closed.code).toBe(closeCodes.tryAgainLater);
});

test.each(["as it catches up", "with its audience"])("a subscription that fails between two events, %s, ends with an error and leaves its topic", async (when) => {
  const ravi = await app.signedIn();
  const changes = (count: number) =>
    inTransaction(app.db, anonymous(), async (work) => {
      for (let i = 0; i < count; i++) work.publish({ topic: `jobs:${ravi.userId}`, entityType: "job", entityId: randomUUID(), payload: { job: { id: randomUUID() } } });
    });
  await changes(1);
  const raw = await RawSocket.signedIn(app.url, ravi.token);
  const authenticator = app.services.authenticator as { isStillValid: Authenticator["isStillValid"] };
  const { isStillValid } = authenticator;
  const fail = async () => Promise.reject(new Error("the database is away"));
  if (when === "as it catches up") authenticator.isStillValid = fail;
  raw.send({ id: "1", type: "subscribe", payload: { query: "subscription { myJobs { kind } }" } });
  if (when === "with its audience") {
    await raw.next("next", "1");
    await changes(1);
    await raw.next("next", "1");
    expect(await subscriptions()).toBe(1);
    authenticator.isStillValid = fail;
    await changes(1);
  }
  expect(await raw.next("error", "1")).toMatchObject([{ extensions: { code: "INTERNAL_SERVER_ERROR" } }]);
  authenticator.isStillValid = isStillValid;
  expect(await subscriptions()).toBe(0);
  raw.socket.terminate();
});

const subscriptions = async (): Promise<number> => {
  const text = await (await fetch(`${app.url}/metrics`)).text();
  return Number(/^graphql_subscriptions (\d+)/m.exec(text)?.[1]);
};
