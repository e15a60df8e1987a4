import type { Sql } from "postgres";

/** What the driver keeps of a statement that was sent. */
interface Sent {
  cancelled: unknown;
  reject(error: unknown): void;
}

/**
 * Lets a statement fail whose prepared form PostgreSQL no longer takes, as after a change of a column's type. By itself
 * the driver sends it again behind those that are under way on the connection already, and from then on every answer
 * reaches the wrong statement (`retry` in its `connection.js`). It fails once on each connection; the next time it is
 * prepared anew. What a statement is, all clients of the driver share: this holds for every one of the process.
 */
export function withoutRetries(client: Sql): Sql {
  const statements = Object.getPrototypeOf(client.unsafe("")) as object;
  Object.defineProperty(statements, "retried", {
    configurable: true,
    // The driver notes here why it is about to send it again; what is cancelled it does not send.
    set(this: Sent, error: unknown) {
      this.cancelled = true;
      this.reject(error);
    },
  });
  return client;
}
