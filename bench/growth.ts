import type { BenchDatabase } from "./data/database.js";
import type { Sizes } from "./data/sizes.js";
import type { Options } from "./options.js";
import { runQueries, type Tell } from "./run.js";
import type { Measured } from "./statistics.js";

const factor = 10;
const connections = 32;
const reads = ["Q1", "Q2", "Q3", "Q5", "Q7", "Q8"];
const pages = ["P10", "P100"];

/** How the cost of a request grows, of ours and of the limit. */
export interface Growth {
  /** The reads on ten times the rows. */
  rows: Measured[];
  /** The same page of 10 and of 100. */
  pages: Measured[];
}

const tenfold = ({ users, courses, enrollments, careerPaths }: Sizes): Sizes => ({
  users: users * factor,
  courses: courses * factor,
  enrollments: enrollments * factor,
  careerPaths: careerPaths * factor,
});

/** Measures pages on the database at hand and the reads on one that is ten times as large, which `create` makes. */
export async function measureGrowth(
  options: Options,
  database: BenchDatabase,
  create: (sizes: Sizes) => Promise<BenchDatabase>,
  dataDir: string,
  tell: Tell,
): Promise<Growth> {
  const alone = { ...options, servers: ["limit", "ours"], connections: [connections], profileDir: undefined };
  tell("ten times the page");
  const ofPages = await runQueries({ ...alone, queries: pages }, database.url, dataDir, tell);
  const sizes = tenfold(options.sizes);
  tell("ten times the rows: this takes a few minutes to fill");
  const larger = await create(sizes);
  try {
    return { pages: ofPages, rows: await runQueries({ ...alone, sizes, queries: reads }, larger.url, dataDir, tell) };
  } finally {
    await larger.drop();
  }
}
