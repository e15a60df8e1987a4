import type { GraphQLSchema } from "graphql";
import { buildSchema, parse } from "graphql";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Authenticator } from "../../src/auth/authenticate.js";
import { subscribeFresh } from "../../src/graphql/subscribe.js";
import { closeCodes } from "../../src/graphql/websocket.js";
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

test("a subscription that fails between two events leaves its source", async () => {
  const schema: GraphQLSchema = buildSchema("type Query { a: Int } type Subscription { a: Int }");
  let left = false;
  let ended = 0;
  async function* source() {
    try {
      for (;;) yield { a: 1 };
    } finally {
      left = true;
    }
  }
  const results = await subscribeFresh(
    { schema, document: parse("subscription { a }"), rootValue: { a: source } },
    {
      mayContinue: async () => Promise.reject(new Error("the database is away")),
      execute: () => ({ data: {} }),
      extensions: undefined,
      onEnd: () => (ended += 1),
    },
  );
  if (!("next" in results)) throw new Error("The subscription did not begin");
  await expect(results.next()).rejects.toThrow("the database is away");
  expect({ left, ended }).toEqual({ left: true, ended: 1 });
});
