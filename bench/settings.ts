/** Connections of each server to PostgreSQL, as many as the product opens. */
export const poolSize = 20;

/** Signs the tokens of every server under test; it protects synthetic data only. */
export const jwtSecret = "the bench signs its tokens with this, and guards nothing with it";
