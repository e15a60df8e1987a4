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

const minute = 60;
/** The library compares with one number for all keys; budgets differ, so they are compared here. */
const counting = { points: Number.MAX_SAFE_INTEGER, duration: minute };

/** Counts in this process, or for all instances together where Redis is configured. */
export function createLimiter(redisUrl?: string): Limiter {
  const memory = new RateLimiterMemory(counting);
  const redis = redisUrl ? new Redis(redisUrl, { enableOfflineQueue: false, maxRetriesPerRequest: 1 }) : undefined;
  // Without Redis for a while, each instance counts for itself.
  redis?.on("error", () => {});
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
