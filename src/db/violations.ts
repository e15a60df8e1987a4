const uniqueViolation = "23505";

/**
 * The name of the unique key that a failed statement ran into, on either engine; null for any other error.
 * Drizzle wraps the driver's error; postgres.js and PGlite name the constraint differently.
 */
export function violatedKey(error: unknown): string | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code, constraint, constraint_name: name } = cause as Error & Record<"code" | "constraint" | "constraint_name", unknown>;
    if (code === uniqueViolation) return String(name ?? constraint);
  }
  return null;
}
