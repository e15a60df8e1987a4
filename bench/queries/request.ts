import { idOf } from "../data/ids.js";
import { tokenOf } from "../data/tokens.js";
import type { Dialect } from "../servers/catalogue.js";
import type { BenchQuery, Case } from "./query.js";

/** An HTTP request as it is sent. */
export interface BenchRequest {
  body: string;
  headers: Record<string, string>;
}

/** The request of a case in the form in which a server is asked. */
export function requestOf(query: BenchQuery, { learner, plain }: Case, dialect: Dialect): BenchRequest {
  return {
    body: JSON.stringify(bodyOf(query, plain, learner === null ? "" : idOf("user", learner), dialect)),
    headers: { "content-type": "application/json", ...(learner !== null && { authorization: `Bearer ${tokenOf(learner)}` }) },
  };
}

function bodyOf(query: BenchQuery, plain: Case["plain"], userId: string, dialect: Dialect): object {
  if (dialect === "plain") return { operationName: query.name, variables: plain };
  if (dialect === "graph") return { query: query.graph.document, variables: query.graph.variables(plain) };
  if (!query.postgraphile) throw new Error(`${query.name} is not for PostGraphile`);
  return { query: query.postgraphile.document, variables: query.postgraphile.variables(plain, userId) };
}

export const canAnswer = (query: BenchQuery, server: { dialect: Dialect; writes: boolean }): boolean =>
  (query.kind === "read" || server.writes) && (server.dialect !== "postgraphile" || query.postgraphile !== null);
