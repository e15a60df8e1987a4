import type { FormattedExecutionResult } from "graphql";

/** Clients often number their operations alike, or give each a random id; the latter need not be kept. */
const maxKept = 100;

/** The `next` messages of one result: what is shown is serialised once, and written once for each operation id. */
export class NextMessages {
  readonly #payload: string;
  readonly #kept = new Map<string, Buffer>();

  constructor(private readonly result: FormattedExecutionResult) {
    this.#payload = JSON.stringify(result);
  }

  /** The message for one operation; with `extensions` it is made for that one alone. */
  for(id: string, extensions?: Record<string, unknown>): Buffer {
    if (extensions) return message(id, JSON.stringify({ ...this.result, extensions }));
    const kept = this.#kept.get(id);
    if (kept) return kept;
    const made = message(id, this.#payload);
    if (this.#kept.size < maxKept) this.#kept.set(id, made);
    return made;
  }
}

const message = (id: string, payload: string): Buffer => Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":${payload}}`);
