import postgres from "postgres";
import { poolSize } from "../../settings.js";
import * as text from "./statements.js";

export const sql = postgres(process.env["DATABASE_URL"] ?? "", {
  max: poolSize,
  idle_timeout: Number(process.env["POOL_IDLE_SECONDS"] ?? 0),
  connection: { TimeZone: "UTC" },
  onnotice: () => {},
});

export interface Row {
  key: string;
  [column: string]: unknown;
}

/** Rows of a prepared statement. */
export const rows = (statement: string, parameters: unknown[]): Promise<Row[]> =>
  sql.unsafe<Row[]>(statement, parameters as postgres.ParameterOrJSON<never>[], { prepare: true });

type Read<Result> = (keys: readonly string[]) => Promise<Map<string, Result>>;

/** One row for each key. */
const one = (statement: string): Read<Row> => async (keys) => new Map((await rows(statement, [keys])).map((row) => [row.key, row]));

/** A list for each key. */
const many = (statement: string): Read<Row[]> => async (keys) => Map.groupBy(await rows(statement, [keys]), ({ key }) => key);

/** All that the queries read by key. */
export const reads = {
  course: one(text.coursesById),
  provider: one(text.providersById),
  skills: many(text.skillsByCourse),
  user: one(text.usersById),
  profile: one(text.profilesByUser),
  streak: one(text.streaksByUser),
  points: one(text.pointsByUser),
  enrollments: many(text.enrollmentsByUser),
  paths: many(text.pathsByUser),
  careerPath: one(text.careerPathsById),
  milestones: many(text.milestonesByPath),
  completions: many(text.completionsByLearnerPath),
  /** Keys are `<user> <course>`. */
  progress: (async (keys) => {
    const pairs = keys.map((key) => key.split(" "));
    const found = await rows(text.progressByUserAndCourse, [pairs.map(([user]) => user), pairs.map(([, course]) => course)]);
    return new Map(found.map((row) => [row.key, row]));
  }) satisfies Read<Row>,
};

/** Gathers the keys that are asked for until the event loop comes round, of whatever request, and reads them at once. */
export function batched<Result>(read: Read<Result>): (key: string) => Promise<Result | undefined> {
  let waiting: { keys: Set<string>; answer: Promise<Map<string, Result>> } | null = null;
  return async (key) => {
    if (!waiting) {
      const keys = new Set<string>();
      const answer = new Promise((resolve) => setImmediate(resolve)).then(() => {
        waiting = null;
        return read([...keys]);
      });
      waiting = { keys, answer };
    }
    waiting.keys.add(key);
    return (await waiting.answer).get(key);
  };
}

/** An instant as PostgreSQL writes it, in ISO 8601. */
export const iso = (instant: unknown): string => String(instant).replace(" ", "T").replace("+00", "Z");
