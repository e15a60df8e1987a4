import type { Sizes } from "../data/sizes.js";

/** What one request asks for: who asks, by number (null is nobody), and plain values, row keys among them. */
export interface Case {
  learner: number | null;
  plain: Record<string, unknown>;
}

/** One question, in the form in which each kind of server is asked. All forms must give the same answer. */
export interface BenchQuery {
  /** Such as `Q1`. */
  name: string;
  /** What it asks for, in a few words. */
  title: string;
  kind: "read" | "write";
  /** Different requests, sent in turn; the same ones to every server. */
  cases(sizes: Sizes): Case[];
  /** As the graph of the product is asked, and servers of the same schema. */
  graph: { document: string; variables(plain: Record<string, unknown>): Record<string, unknown> };
  /** One hand-written statement that answers with the JSON text of `data`; its text is one of a few. Null for a write, which `servers/limit` has code for. */
  limit: { statement(plain: Record<string, unknown>): string; parameters(plain: Record<string, unknown>, userId: string): unknown[] } | null;
  /** For a write: a statement that gives as JSON all that it left behind for a user, so that what servers wrote is compared as well. */
  written?: string;
  /** As PostGraphile's own schema is asked, aliased where its names differ; null where it has no natural equal. */
  postgraphile: { document: string; variables(plain: Record<string, unknown>, userId: string): Record<string, unknown> } | null;
}

/** `count` whole numbers from 1 to `most`, the same every time and spread over the range. */
export const spread = (count: number, most: number): number[] =>
  Array.from({ length: count }, (_, index) => 1 + ((index * 7907 + 13) % most));
