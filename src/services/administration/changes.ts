import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import { isAdmin, type SignedIn } from "../../auth/viewer.js";
import { lockUntilCommit, type Database } from "../../db/client.js";
import { inTransaction, type Work } from "../../db/unit-of-work.js";
import { violatedKey } from "../../db/violations.js";
import { Forbidden, missing, reject, type Problem } from "../../graphql/errors.js";
import { unchanged } from "../concurrency.js";
import { once, type Keyed } from "../idempotency.js";
import { checkWithStored, problemsOf } from "../input.js";

/**
 * Runs a change of the catalogue or the pathways in one transaction, for an admin. These changes follow one
 * another, so that what no key of the database sees holds too: places on a path, bounds, an alias beside a name.
 * @throws {Forbidden} for everyone else; {Rejection} TAKEN when a file that is imported meanwhile was first.
 */
export function administer<Result>(viewer: SignedIn, db: Database, run: (work: Work) => Promise<Result>): Promise<Result> {
  assertAdmin(viewer);
  return orTaken(inTransaction(db, viewer, (work) => inTurn(work, run)));
}

/** The same for what creates something: once per idempotency key. */
export function administerOnce<Result extends object>(
  viewer: SignedIn,
  db: Database,
  mutation: string,
  input: Keyed,
  run: (work: Work) => Promise<Result>,
): Promise<Result> {
  assertAdmin(viewer);
  return orTaken(once(db, viewer, mutation, input, (work) => inTurn(work, run)));
}

function assertAdmin(viewer: SignedIn): void {
  if (!isAdmin(viewer)) throw new Forbidden();
}

async function inTurn<Result>(work: Work, run: (work: Work) => Promise<Result>): Promise<Result> {
  await lockUntilCommit(work.tx, "administration");
  return run(work);
}

const fieldOfKey: Readonly<Record<string, string>> = {
  providers_slug_key: "slug",
  job_roles_slug_key: "slug",
  skills_name_key: "name",
  skill_aliases_pkey: "alias",
};

async function orTaken<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const field = fieldOfKey[violatedKey(error) ?? ""];
    if (field === undefined) throw error;
    throw reject("TAKEN", field, "Somebody took this a moment ago.");
  }
}

/** A row that can be changed by several admins. */
interface Versioned {
  updatedAt: string;
}

/** What is to be changed, how it is found and locked, and what else stored data may say against the input. */
interface Target<Rules extends z.ZodObject, Row extends Versioned> {
  /** The field of the input that names the row. */
  field: string;
  /** What people call such a row. */
  what: string;
  find: (key: string) => Promise<Row | undefined>;
  compare?: (sound: Partial<z.output<Rules>>, row: Row) => Promise<readonly Problem[]> | readonly Problem[];
}

/**
 * Checks the input of a change together with the row that it is about, which `find` locks.
 * @throws {Rejection} all failures together: of the input; NOT_FOUND; CONFLICT when the row changed since `expectedUpdatedAt`.
 */
export async function checkChange<Rules extends z.ZodObject, Row extends Versioned>(
  rules: Rules,
  input: object,
  { field, what, find, compare }: Target<Rules, Row>,
): Promise<{ row: Row; values: z.output<Rules> }> {
  const found: Row[] = [];
  const values = await checkWithStored(rules, { ...input }, async (sound) => {
    const { [field]: key, expectedUpdatedAt } = sound as Record<string, string | undefined>;
    if (key === undefined) return [];
    const row = await find(key);
    if (!row) return missing(field, what).problems;
    found.push(row);
    const stale = expectedUpdatedAt === undefined ? [] : await problemsOf(unchangedRow(row, expectedUpdatedAt));
    return [...stale, ...((await compare?.(sound, row)) ?? [])];
  });
  const [row] = found;
  if (!row) throw new Error(`A ${what} was changed that was not found`);
  return { row, values };
}

const unchangedRow = async (row: Versioned, expected: string): Promise<void> => unchanged(row, expected);

/** The values that differ, as they were and as they become. */
export interface Change<Row> {
  oldValues: Partial<Row>;
  newValues: Partial<Row>;
}

/** What of `values` is not in the row yet; null when all of it is. Absent values stay as they are. */
export function changeOf<Row extends object>(row: Row, values: Partial<Row>): Change<Row> | null {
  const names = (Object.keys(values) as (keyof Row)[]).filter(
    (name) => values[name] !== undefined && !isDeepStrictEqual(values[name], row[name]),
  );
  if (names.length === 0) return null;
  const pick = (from: Partial<Row>) => Object.fromEntries(names.map((name) => [name, from[name]])) as Partial<Row>;
  return { oldValues: pick(row), newValues: pick(values) };
}

/** The row that an insert or an update answered. */
export function written<Row>([row]: readonly Row[], what: string): Row {
  if (!row) throw new Error(`The ${what} was not written`);
  return row;
}
