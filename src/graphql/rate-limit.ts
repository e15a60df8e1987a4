/** Budget of query cost: 50,000 a minute for a user, 10,000 for an anonymous address. */
export interface Limiter {
  /** Spends `cost` points of `key`'s budget of `points` a minute; answers what is left and when it fills up again. */
  spend(key: string, cost: number, points: number): Promise<{ allowed: boolean; remaining: number; resetAt: Date }>;
}
