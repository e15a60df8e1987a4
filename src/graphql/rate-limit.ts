import { Redis } from "ioredis";
import { RateLimiterMemory, RateLimiterRedis } from "rate-limiter-flexible";

/** Counts what keys spend: query cost of users and addresses, attempts to sign in. */
export interface Limiter {
  /**
   * Spends `cost` of `key`'s budget of `points` per `seconds` (60 when absent), and answers what is left and
   * when the budget is full again. What does not fit is not spent.
   */
  spend(key: string, cost: number, points: number, seconds?: number): Promise<{ allowed: boolean; remaining: number; resetAt: Date }>;
  close(): Promise<void>;
}

interface Log {
  warn(fields: object, message: string): void;
}

const minute = 60;
/** The library compares with one number for all keys; budgets differ, so they are compared here. */
const counting = { points: Number.MAX_SAFE_INTEGER, duration: minute };
/** An answer that takes longer is not waited for: every operation asks. */
const redisTimeoutMs = 500;
const connectTimeoutMs = 5_000;

/**
 * Counts in this process, or for all instances together where Redis is configured. While Redis is away
 * later on, each instance counts for itself.
 * @throws {Error} when Redis cannot be reached at the start: REDIS_URL is wrong.
 */
export async function createLimiter(redisUrl?: string, log?: Log): Promise<Limiter> {
  const memory = new RateLimiterMemory(counting);
  const redis = redisUrl === undefined ? undefined : await connect(redisUrl, log);
  const counter = redis
    ? new RateLimiterRedis({ ...counting, storeClient: redis, keyPrefix: "disha:limit", insuranceLimiter: memory })
    : memory;
  return {
    async spend(key, cost, points, seconds = minute) {
      const spent = await counter.consume(key, cost, { customDuration: seconds });
      const resetAt = new Date(Date.now() + spent.msBeforeNext);
      if (spent.consumedPoints <= points) {
        return { allowed: true, remaining: points - spent.consumedPoints, resetAt };
      }
      await counter.reward(key, cost);
      return { allowed: false, remaining: Math.max(0, points - (spent.consumedPoints - cost)), resetAt };
    },
    close: async () => redis?.disconnect(),
  };
}

async function connect(url: string, log?: Log): Promise<Redis> {
  const redis = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    connectTimeout: connectTimeoutMs,
    commandTimeout: redisTimeoutMs,
  });
  let reason: string | undefined;
  let told = true;
  redis.on("error", (error) => {
    reason = error.message;
    if (!told) log?.warn({ reason }, "Redis is away; this instance counts for itself");
    told = true;
  });
  redis.on("ready", () => (told = false));
  try {
    await redis.connect();
    await redis.ping();
    return redis;
  } catch (error) {
    redis.disconnect();
    throw new Error(`Redis at REDIS_URL cannot be used: ${reason ?? String(error)}`, { cause: error });
  }
}
