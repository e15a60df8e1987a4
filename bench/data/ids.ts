/**
 * Ids of synthetic rows: counted, so that every part of the bench names the same row by its number, and in
 * the order of being made, as the UUIDv7 of real rows are.
 */

const kinds = {
  user: "0001",
  session: "0002",
  provider: "0003",
  skill: "0004",
  course: "0005",
  module: "0006",
  topic: "0007",
  enrollment: "0008",
  jobRole: "0009",
  careerPath: "000a",
  milestone: "000b",
  learnerPath: "000c",
  completion: "000d",
  progress: "000e",
  profile: "000f",
  points: "0010",
  ledger: "0011",
  streak: "0012",
  streakDay: "0013",
} as const;

export type Kind = keyof typeof kinds;

const prefixOf = (kind: Kind): string => `01900000-${kinds[kind]}-7000-8000-`;

/** The id of the `number`th row of a kind, from 1. */
export const idOf = (kind: Kind, number: number): string => prefixOf(kind) + number.toString(16).padStart(12, "0");

/** The same in SQL, of an expression that gives the number. */
export const idSql = (kind: Kind, number: string): string => `('${prefixOf(kind)}' || lpad(to_hex(${number}), 12, '0'))::uuid`;

/** The opaque id that the graph gives to a row. */
export const globalId = (type: string, key: string): string => Buffer.from(`v1:${type}:${key}`).toString("base64url");
