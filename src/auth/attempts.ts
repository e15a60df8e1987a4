import { Rejection } from "../graphql/errors.js";
import type { Limiter } from "../graphql/rate-limit.js";
import { networkOf } from "./network.js";

const windowSeconds = 15 * 60;

export interface Attempt {
  /** Lives as long as one GraphQL operation, so that aliases of one document count together. */
  operation: object;
  /** Network address; null when it is not known. */
  address: string | null;
  /** What is being tried, such as a user's id. */
  account?: string;
}

export interface Attempts {
  /**
   * Counts one attempt before it is made, so that attempts made at once count too. The returned
   * function takes it back, for one that turned out to be honest.
   * @throws {Rejection} RATE_LIMITED when the operation, the address or the account had its share.
   */
  take(attempt: Attempt): Promise<() => Promise<void>>;
}

/** Counts attempts of one name; each operation, address and account has its limit in a quarter of an hour. */
function createAttempts(
  limiter: Limiter,
  name: string,
  limits: { operation: number; address: number; account: number },
): Attempts {
  const byOperation = new WeakMap<object, number>();
  return {
    async take({ operation, address, account }) {
      const made = (byOperation.get(operation) ?? 0) + 1;
      byOperation.set(operation, made);
      if (made > limits.operation) throw tooMany(windowSeconds);
      const counted: [key: string, limit: number][] = [];
      if (address !== null) counted.push([`${name}:address:${networkOf(address)}`, limits.address]);
      if (account !== undefined) counted.push([`${name}:account:${account}`, limits.account]);
      for (const [key, limit] of counted) {
        const { allowed, resetAt } = await limiter.spend(key, 1, limit, windowSeconds);
        if (!allowed) throw tooMany((resetAt.getTime() - Date.now()) / 1000);
      }
      return async () => {
        for (const [key, limit] of counted) await limiter.spend(key, -1, limit, windowSeconds);
      };
    },
  };
}

export type AttemptCounters = Readonly<{ guesses: Attempts; signUps: Attempts }>;

/**
 * Guesses at passwords: ten by operation, address and account. New accounts: a class of learners behind
 * one address signs up in one lesson, so the address may make more of them.
 */
export const createAttemptCounters = (limiter: Limiter): AttemptCounters => ({
  guesses: createAttempts(limiter, "guess", { operation: 10, address: 10, account: 10 }),
  signUps: createAttempts(limiter, "sign_up", { operation: 10, address: 100, account: 10 }),
});

const tooMany = (seconds: number): Rejection =>
  new Rejection([
    { code: "RATE_LIMITED", path: ["input"], message: `Too many attempts; try again in ${Math.ceil(seconds / 60)} minutes.` },
  ]);
