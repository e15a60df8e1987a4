import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import { hash, verify } from "@node-rs/bcrypt";
import { Rejection } from "../graphql/errors.js";
import { commonPasswords } from "./common-passwords.js";

const minPasswordLength = 8;
const maxPasswordLength = 128;

/** bcrypt rounds as a power of two: about a quarter of a second of one core. */
export const passwordCost = 12;

/** Beyond this many waiting passwords newcomers are turned away: a line of about 25 seconds. */
const maxWaiting = 100;

export interface Passwords {
  /** @throws {Rejection} RATE_LIMITED, as `verify` does, when too many passwords wait already. */
  hash(password: string): Promise<string>;
  /**
   * Does the password belong to the stored hash? Takes the same time without one, so that the answer's
   * delay does not tell whether an account exists; the answer is then no.
   */
  verify(password: string, stored: string | null | undefined): Promise<boolean>;
}

interface Tuning {
  /** bcrypt rounds as a power of two, 4 to 31. */
  cost?: number;
  /** How many passwords are worked on at once; others wait in line. */
  concurrency?: number;
}

/** Hashes off the event loop, leaving one core and one thread of Node's pool to everything else. */
export function createPasswords({ cost = passwordCost, concurrency = defaultConcurrency() }: Tuning = {}): Passwords {
  const queued = queueOf(concurrency);
  const nobody = `$2b$${String(cost).padStart(2, "0")}$${"a".repeat(21)}e${"a".repeat(31)}`;
  return {
    hash: (password) => queued(() => hash(digest(password), cost)),
    verify: (password, stored) =>
      queued(async () => (await verify(digest(password), stored ?? nobody)) && stored != null),
  };
}

/** Why a new password cannot be taken; null when it can. `known` are words that the account shows. */
export function passwordProblem(
  password: string,
  known: readonly (string | null | undefined)[] = [],
): { code: "TOO_SHORT" | "TOO_LONG" | "INVALID"; message: string } | null {
  const characters = Array.from(password);
  if (characters.length < minPasswordLength) {
    return { code: "TOO_SHORT", message: `A password has at least ${minPasswordLength} characters.` };
  }
  if (characters.length > maxPasswordLength) {
    return { code: "TOO_LONG", message: `A password has at most ${maxPasswordLength} characters.` };
  }
  const plain = password.toLowerCase();
  const own = known.flatMap((word) => (word ? [word.toLowerCase(), word.toLowerCase().split("@")[0]] : []));
  if (commonPasswords.has(plain) || new Set(characters).size < 3 || own.includes(plain)) {
    return { code: "INVALID", message: "This password is too easy to guess." };
  }
  return null;
}

/**
 * bcrypt reads 72 bytes and stops at a zero byte; the digest gives it 64 characters that depend on
 * every character of the password. The normal form makes one password of one keyboard entry.
 */
const digest = (password: string): string =>
  createHash("sha384").update(password.normalize("NFKC")).digest("base64");

const defaultConcurrency = (): number => Math.max(1, Math.min(3, availableParallelism() - 1));

function queueOf(concurrency: number): <Result>(task: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (waiting.length >= maxWaiting) {
      throw new Rejection([{ code: "RATE_LIMITED", path: ["input"], message: "Too many people are signing in; try again in a minute." }]);
    }
    if (running >= concurrency) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await task();
    } finally {
      // A finished task hands its place to the next in line, so that nobody slips in between.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
