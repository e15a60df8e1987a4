/** Close codes beside those of graphql-transport-ws (4400, 4401, 4403, 4406, 4408, 4409, 4429). */
export const closeCodes = {
  /** The server stops; come back elsewhere. */
  goingAway: 1001,
  /** Whether the token still holds cannot be found out at the moment; clients try again. */
  tryAgainLater: 1013,
  /** The token was refused, has ended, or its account or role has changed. */
  forbidden: 4403,
  /** More waits for the client than the server keeps for it; clients come back with `after`. */
  tooSlow: 4420,
  /** The user has too many sockets. */
  tooMany: 4429,
} as const;
