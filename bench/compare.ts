import type postgres from "postgres";
import { idOf } from "./data/ids.js";
import { requestOf } from "./queries/request.js";
import type { BenchQuery, Case } from "./queries/query.js";
import type { RunningServer } from "./servers/process.js";

/** The answer of a server to one case, without what only its dialect brings. */
export async function answerOf(server: RunningServer, query: BenchQuery, one: Case): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${server.port}/graphql`, { method: "POST", ...requestOf(query, one, server.spec.dialect) });
  const text = await response.text();
  const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: unknown };
  if (response.status !== 200 || errors || !data) throw new Error(`${server.spec.name} answered ${query.name} with ${response.status}: ${text.slice(0, 2_000)}`);
  return canonical(data);
}

/**
 * Brings dialects together: a connection is its nodes, global ids are keys, enums are lower-case words,
 * numeric texts are numbers, instants are written alike, and the one progress of a viewer is no list.
 */
function canonical(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => canonical(item));
    return key === "myProgress" ? (items[0] ?? null) : items;
  }
  if (typeof value === "string") return canonicalText(value);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value);
  if (entries.length === 1 && "nodes" in value) return canonical(value.nodes, key);
  return Object.fromEntries(entries.map(([name, item]) => [name, canonical(item, name)]));
}

function canonicalText(value: string): unknown {
  if (/^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return new Date(value).toISOString();
  const [version, , id] = Buffer.from(value, "base64url").toString("utf8").split(":");
  return version === "v1" && id ? id : value.toLowerCase();
}

/** Where two answers differ first, as a line to read; null when they are equal. */
export function difference(expected: unknown, found: unknown, path = "data"): string | null {
  if (Object.is(expected, found)) return null;
  const pair = [expected, found];
  if (pair.every(Array.isArray) && (expected as unknown[]).length !== (found as unknown[]).length) {
    return `${path} has ${(expected as unknown[]).length} items and ${(found as unknown[]).length}`;
  }
  if (pair.every((value) => value !== null && typeof value === "object")) {
    const [a, b] = pair as Record<string, unknown>[];
    for (const key of new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})])) {
      const inside = difference(a?.[key], b?.[key], `${path}.${key}`);
      if (inside) return inside;
    }
    return null;
  }
  return `${path} is ${JSON.stringify(expected)} and ${JSON.stringify(found)}`;
}

/**
 * Asks every server the same cases.
 * @throws {Error} naming the first place where two of them differ.
 */
export async function compareAnswers(servers: readonly RunningServer[], query: BenchQuery, cases: readonly Case[]): Promise<void> {
  const [first, ...others] = servers;
  if (!first) return;
  for (const one of cases) {
    const expected = await answerOf(first, query, one);
    for (const other of others) {
      const found = difference(expected, await answerOf(other, query, one));
      if (found) throw new Error(`${query.name} differs between ${first.spec.name} and ${other.spec.name}: ${found}\n  case ${JSON.stringify(one)}`);
    }
  }
}

/**
 * Lets every server write for a learner of its own, and compares the answers and all rows that are there afterwards.
 * Every second case is taken: those begin from the same state.
 * @throws {Error} naming the first place where two of them differ.
 */
export async function compareWrites(servers: readonly RunningServer[], query: BenchQuery, cases: readonly Case[], sql: postgres.Sql): Promise<void> {
  let expected: unknown;
  for (const [index, server] of servers.entries()) {
    const one = cases[index * 2];
    if (!one?.learner || !query.written) throw new Error(`${query.name} has no case to compare`);
    const answer = await answerOf(server, query, one);
    // The embedded database can be asked by its server only.
    if (server.spec.embedded) {
      const where = difference((expected as { answer: unknown } | undefined)?.answer ?? answer, answer);
      if (where) throw new Error(`${query.name} differs at ${server.spec.name}: ${where}`);
      continue;
    }
    const [row] = await sql.unsafe<{ written: unknown }[]>(query.written, [idOf("user", one.learner)]);
    const found = { answer, written: row?.written };
    expected ??= found;
    const where = difference(expected, found);
    if (where) throw new Error(`${query.name} differs between ${servers[0]?.spec.name} and ${server.spec.name}: ${where}`);
  }
}
