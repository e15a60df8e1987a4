import { expect, onTestFinished, test, vi } from "vitest";
import { networkOf } from "../../src/auth/network.js";
import { createAuthenticator } from "../../src/auth/authenticate.js";
import { commonPasswords } from "../../src/auth/common-passwords.js";
import { createPasswords, passwordProblem } from "../../src/auth/passwords.js";
import { createTokens } from "../../src/auth/tokens.js";
import type { UserRole } from "../../src/auth/viewer.js";

test("a running service hashes at cost 12, whatever the environment says", async () => {
  expect(await createPasswords().hash("a lamp in the rain")).toMatch(/^\$2b\$12\$/);
});

test("a password is compared as a whole, past bcrypt's 72 bytes and past zero bytes", async () => {
  const passwords = createPasswords({ cost: 4 });
  const start = "x".repeat(72);
  expect(await passwords.verify(`${start}B`, await passwords.hash(`${start}A`))).toBe(false);
  expect(await passwords.verify("before\0after 2", await passwords.hash("before\0after 1"))).toBe(false);
  expect(await passwords.verify("caf\u0065\u0301 lights", await passwords.hash("caf\u00e9 lights"))).toBe(true);
});

test("unknown accounts take as long as known ones", async () => {
  const passwords = createPasswords({ cost: 9, concurrency: 1 });
  const stored = await passwords.hash("a lamp in the rain");
  const taken = async (hash: string | null): Promise<number> => {
    const start = performance.now();
    expect(await passwords.verify("another one", hash)).toBe(false);
    return performance.now() - start;
  };
  // In turn, and the shortest of each: neighbours make some of them longer, none shorter.
  const times: [unknown: number, known: number][] = [];
  for (let i = 0; i < 9; i++) times.push([await taken(null), await taken(stored)]);
  const ratio = Math.min(...times.map(([unknown]) => unknown)) / Math.min(...times.map(([, known]) => known));
  expect(ratio).toBeGreaterThan(0.5);
  expect(ratio).toBeLessThan(2);
});

test("passwords wait in line, and the line is not endless", async () => {
  const passwords = createPasswords({ cost: 4, concurrency: 2 });
  const answers = await Promise.allSettled(Array.from({ length: 120 }, () => passwords.hash("a lamp in the rain")));
  expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(102);
  expect(await passwords.verify("a lamp in the rain", await passwords.hash("a lamp in the rain"))).toBe(true);
});

test("length is counted in characters, and the common list holds only what the length lets through", () => {
  expect(passwordProblem("🌧️🪔".repeat(2))).toMatchObject({ code: "TOO_SHORT" });
  expect(passwordProblem("दीया और बारिश")).toBeNull();
  expect(passwordProblem("a".repeat(3) + "bc".repeat(60))).toBeNull();
  expect(passwordProblem("kd83hx7!".repeat(16))).toBeNull();
  expect(passwordProblem(`${"kd83hx7!".repeat(16)}x`)).toMatchObject({ code: "TOO_LONG" });
  expect(passwordProblem("meera.nair", ["Meera.Nair@disha.example"])).toMatchObject({ code: "INVALID" });
  expect(commonPasswords.size).toBeGreaterThan(500);
  expect([...commonPasswords].every((word) => word.length >= 8 && word === word.toLowerCase())).toBe(true);
});

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:DB8:0001:0002::9", "2001:db8:1:2"],
  ["2001:db8::9", "2001:db8:0:0"],
  ["::1", "0:0:0:0"],
])("attempts of %s count for %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test("the database is asked about an account once in a while, at once after a change, and again after a failure", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  const tokens = createTokens("a secret that only this test uses, long enough");
  let asked = 0;
  let answer: () => Promise<UserRole | null> = async () => "student";
  const authenticator = createAuthenticator({ tokens, roleOf: () => (asked++, answer()), believedFor: 20_000 });
  const userId = "0190aaaa-0000-7000-8000-000000000001";
  const { token } = await tokens.issue({ userId, sessionId: "0190aaaa-0000-7000-8000-000000000002" });
  const ask = () => authenticator.authenticate(`Bearer ${token}`, { ip: null, userAgent: null });
  await Promise.all([ask(), ask(), ask()]);
  expect(asked).toBe(1);
  answer = async () => "teacher";
  expect((await ask()).role).toBe("student");
  vi.setSystemTime(Date.now() + 20_001);
  expect((await ask()).role).toBe("teacher");
  answer = async () => null;
  authenticator.forget(userId);
  await expect(ask()).rejects.toMatchObject({ extensions: { code: "UNAUTHENTICATED", http: { status: 401 } } });
  answer = async () => Promise.reject(new Error("The database is away"));
  authenticator.forget(userId);
  await expect(ask()).rejects.toThrow("The database is away");
  answer = async () => "student";
  expect((await ask()).role).toBe("student");
});
