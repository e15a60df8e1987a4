import postgres from "postgres";
import { queryNamed } from "../../queries/index.js";
import { poolSize } from "../../settings.js";
import { serve } from "../http.js";
import { recordTopicProgress } from "./record-progress.js";

/**
 * The limit: bare node:http and, for each query, one hand-written statement that builds the JSON. The text
 * goes from the database to the answer as it is.
 */
const sql = postgres(process.env["DATABASE_URL"] ?? "", {
  max: Number(process.env["POOL_SIZE"] ?? poolSize),
  idle_timeout: Number(process.env["POOL_IDLE_SECONDS"] ?? 0),
  connection: { TimeZone: "UTC" },
  onnotice: () => {},
});

serve(async ({ operationName, variables, userId }) => {
  if (!operationName) return "{}";
  const { limit } = queryNamed(operationName);
  if (!limit) return recordTopicProgress(sql, userId ?? "", String(variables["topicId"]));
  const parameters = limit.parameters(variables, userId ?? "") as postgres.ParameterOrJSON<never>[];
  const [row] = await sql.unsafe<{ answer: string }[]>(limit.statement(variables), parameters, { prepare: true });
  return row?.answer ?? "null";
});
