import { eq } from "drizzle-orm";
import { afterEach, expect, test } from "vitest";
import { addressOf } from "../../src/auth/network.js";
import { auditLogs } from "../../src/db/tables/index.js";
import { startTestApp, type TestApp } from "../support/app.js";
import { RawSocket } from "../support/socket.js";

let app: TestApp | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

const budget = { costBudget: { operation: 10_000, user: 10_000, anonymous: 3 } };

/** Asks anonymously, through a proxy that adds what it sees to what the client claims; the status. */
async function ask(forwarded: string): Promise<number> {
  const response = await fetch(`${app?.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": forwarded },
    body: JSON.stringify({ query: "{ viewer { id } }" }),
  });
  await response.text();
  return response.status;
}

test("behind a proxy the budget is that of the address the proxy saw, whatever the client claims", async () => {
  app = await startTestApp({ trustProxy: 1, ...budget });
  const statuses: number[] = [];
  for (let claim = 1; claim <= 5; claim++) statuses.push(await ask(`198.51.100.${claim}, 203.0.113.9`));
  expect(statuses).toEqual([200, 200, 200, 429, 429]);
  expect(await ask("198.51.100.1, 203.0.113.10")).toBe(200);
});

test("without a proxy the header is not believed", async () => {
  app = await startTestApp(budget);
  const statuses: number[] = [];
  for (let claim = 1; claim <= 4; claim++) statuses.push(await ask(`198.51.100.${claim}`));
  expect(statuses).toEqual([200, 200, 200, 429]);
});

test("the addresses of one IPv6 subscriber share their budget and their sockets", async () => {
  app = await startTestApp({ trustProxy: 1, ...budget, maxSockets: { process: 100, address: 1, user: 10 } });
  const statuses: number[] = [];
  for (let host = 1; host <= 4; host++) statuses.push(await ask(`2001:db8:1:2::${host}`));
  expect(statuses).toEqual([200, 200, 200, 429]);
  await RawSocket.open(app?.url ?? "", { headers: { "x-forwarded-for": "2001:db8:1:2::1" } });
  await expect(RawSocket.open(app?.url ?? "", { headers: { "x-forwarded-for": "2001:db8:1:2::2" } })).rejects.toThrow("refused with 429");
});

test("an address that no database could keep does not stop a sign-up", async () => {
  app = await startTestApp({ trustProxy: 1 });
  const input = { email: "asha@disha.example", password: "a rather long secret", fullName: "Asha" };
  const response = await fetch(`${app?.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": "fe80::1%eth0" },
    body: JSON.stringify({ query: "mutation($input: SignUpInput!) { signUp(input: $input) { errors { code } } }", variables: { input } }),
  });
  expect(await response.json()).toMatchObject({ data: { signUp: { errors: [] } } });
  const [line] = await app.db.select().from(auditLogs).where(eq(auditLogs.action, "identity.sign_up"));
  expect(line?.ipAddress).toBe("fe80::1");
});

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["fe80::1%eth0", "fe80::1"],
  ["192.0.2.7:4711", null],
  ["unknown", null],
  ["", null],
])("the address %j is kept as %j", async (given, kept) => {
  expect(addressOf(given)).toBe(kept);
});
