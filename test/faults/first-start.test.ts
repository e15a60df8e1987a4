import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { demoAccounts } from "../../src/seed/demo.js";
import { launch, startServer } from "../support/server-process.js";

test("a first start that was killed half-way leaves nothing half-done: the next one ends it", async () => {
  const DATA_DIR = await mkdtemp(path.join(tmpdir(), "disha-first-"));
  const first = launch({ DATA_DIR });
  while (!first.output().includes("Letting the demo learners study")) {
    if (first.process.exitCode !== null) throw new Error(first.output());
    await delay(20);
  }
  await delay(300);
  first.process.kill("SIGKILL");
  await first.ended;
  expect(first.output()).not.toContain("ready");

  const server = await startServer({ DATA_DIR });
  const [account] = demoAccounts;
  const response = await fetch(`${server.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      query: "mutation($input: SignInInput!) { signIn(input: $input) { user { enrollments { totalCount } } errors { code } } }",
      variables: { input: { login: account?.email, password: account?.password } },
    }),
  });
  const answer = (await response.json()) as { data: { signIn: { user: { enrollments: { totalCount: number } } } } };
  expect(answer.data.signIn.user.enrollments.totalCount).toBeGreaterThan(0);
  expect(await server.stop()).toBe(0);
  await rm(DATA_DIR, { recursive: true, force: true });
}, 300_000);
