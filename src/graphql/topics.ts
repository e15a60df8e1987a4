/** One event of a topic, as the outbox keeps it. */
export interface TopicEvent {
  seq: number;
  payload: Record<string, unknown>;
}

/** Streams of the outbox's topics to the subscribers of this instance. */
export interface Topics {
  /** Ends every stream, as the server stops. */
  close(): Promise<void>;
}
