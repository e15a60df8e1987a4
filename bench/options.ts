import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import { queries } from "./queries/index.js";
import { defaultSizes, type Sizes } from "./data/sizes.js";
import { servers } from "./servers/catalogue.js";

export interface Options {
  quick: boolean;
  databaseUrl: string;
  /** Database that an earlier run kept. */
  database: string | undefined;
  keep: boolean;
  sizes: Sizes;
  queries: string[];
  servers: string[];
  connections: number[];
  rounds: number;
  /** How long each server is loaded in a round, and with one connection. */
  seconds: number;
  loneSeconds: number;
  json: string | undefined;
  markdown: string | undefined;
  chart: string | undefined;
  profileDir: string | undefined;
  productDir: string;
  subscriptions: boolean;
  /** Also ten times the rows and ten times the page. */
  growth: boolean;
}

const root = fileURLToPath(new URL("../", import.meta.url));

export const help = `npm run bench -- [flags]

  --quick               connections 32 and 1; limit, postgraphile and ours; short rounds; ends within 10 minutes
  --json FILE           writes the ratios as JSON
  --markdown FILE       writes the tables
  --chart FILE          draws requests a second as SVG
  --queries Q1,Q3       only these: ${queries.map(({ name }) => name).join(", ")}
  --servers limit,ours  only these: ${servers.map(({ name }) => name).join(", ")}
  --connections 32,1    open connections, one after the other
  --rounds N            rounds, 3 or more for figures to be told
  --seconds N           how long each server is loaded in a round; one connection takes half as long
  --users N --courses N --enrollments N --career-paths N
                        size of the synthetic data
  --database-url URL    PostgreSQL server, also BENCH_DATABASE_URL; postgres://<user>@127.0.0.1:5432/postgres by default
  --keep                leaves the private database in place and names it
  --database NAME       uses a database that was kept; give the same sizes
  --product DIR         measures the product in another checkout, such as that of an earlier commit
  --profile DIR         the product writes a CPU profile into this folder
  --growth              also measures ten times the rows and ten times the page, as a full run does
  --no-subscriptions    leaves subscriptions out
  --help
`;

const flags = {
  quick: { type: "boolean" }, json: { type: "string" }, markdown: { type: "string" }, chart: { type: "string" },
  queries: { type: "string" }, servers: { type: "string" }, connections: { type: "string" }, rounds: { type: "string" },
  seconds: { type: "string" }, users: { type: "string" }, courses: { type: "string" }, enrollments: { type: "string" },
  "career-paths": { type: "string" }, "database-url": { type: "string" }, keep: { type: "boolean" }, database: { type: "string" },
  product: { type: "string" }, profile: { type: "string" }, "no-subscriptions": { type: "boolean" }, growth: { type: "boolean" }, help: { type: "boolean" },
} as const;

/**
 * Reads the command line; null when help was asked for.
 * @throws {Error} for a flag or a name that is not known, and a number that is none.
 */
export function readOptions(args: readonly string[]): Options | null {
  const { values } = parseArgs({ args: [...args], options: flags });
  if (values.help) return null;
  const quick = values.quick ?? false;
  const seconds = number("seconds", values.seconds, quick ? 2 : 5);
  const names = values.servers ? list(values.servers, servers.map(({ name }) => name)) : quick ? ["limit", "postgraphile", "ours"] : servers.map(({ name }) => name);
  const whole = values.queries === undefined && values.servers === undefined;
  return {
    quick,
    databaseUrl: values["database-url"] ?? process.env["BENCH_DATABASE_URL"] ?? defaultUrl(),
    database: values.database,
    keep: values.keep ?? values.database !== undefined,
    sizes: {
      users: number("users", values.users, defaultSizes.users),
      courses: number("courses", values.courses, defaultSizes.courses),
      enrollments: number("enrollments", values.enrollments, defaultSizes.enrollments),
      careerPaths: number("career-paths", values["career-paths"], defaultSizes.careerPaths),
    },
    queries: values.queries ? list(values.queries, queries.map(({ name }) => name)) : queries.map(({ name }) => name),
    servers: names,
    connections: values.connections ? values.connections.split(",").map((text) => number("connections", text, 0)) : quick ? [32, 1] : [32, 1, 128],
    rounds: number("rounds", values.rounds, 3),
    seconds,
    loneSeconds: Math.max(1, seconds / 2),
    json: values.json,
    markdown: values.markdown,
    chart: values.chart,
    profileDir: values.profile,
    productDir: values.product ?? root,
    subscriptions: !values["no-subscriptions"] && whole,
    growth: values.growth ?? (whole && !quick),
  };
}

function number(flag: string, text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new Error(`--${flag} needs a number above 0`);
  return value;
}

function list(text: string, known: readonly string[]): string[] {
  const names = text.split(",");
  const strange = names.find((name) => !known.includes(name));
  if (strange !== undefined) throw new Error(`${strange} is not one of ${known.join(", ")}`);
  return known.filter((name) => names.includes(name));
}

const defaultUrl = (): string => `postgres://${process.env["PGUSER"] ?? process.env["USER"] ?? "root"}@127.0.0.1:5432/postgres`;
