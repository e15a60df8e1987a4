import postgres from "postgres";
import { queryNamed } from "../../queries/index.js";
import { poolSize } from "../../settings.js";
import { serve } from "../http.js";

/**
 * The limit: bare node:http and, for each query, one hand-written statement that builds the JSON. The text
 * goes from the database to the answer as it is.
 */
const sql = postgres(process.env["DATABASE_URL"] ?? "", { max: poolSize, connection: { TimeZone: "UTC" }, onnotice: () => {} });

serve(async ({ operationName, variables, userId }) => {
  if (!operationName) return "{}";
  const { limit } = queryNamed(operationName);
  if (!limit) throw new Error(`${operationName} has no statement`);
  const parameters = limit.parameters(variables, userId ?? "") as postgres.ParameterOrJSON<never>[];
  const [row] = await sql.unsafe<{ answer: string }[]>(limit.statement(variables), parameters, { prepare: true });
  return row?.answer ?? "null";
});
