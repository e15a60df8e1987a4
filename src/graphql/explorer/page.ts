import { readFile } from "node:fs/promises";
import { renderGraphiQL } from "@graphql-yoga/render-graphiql";
import type { FastifyInstance } from "fastify";

const defaultQuery = `# Courses that anyone may see. Put an access token into "Headers" to see your own things:
# {"authorization": "Bearer …"}
query Courses {
  courses(first: 5) {
    nodes {
      id
      title
      provider { name }
    }
    totalCount
  }
}
`;

/** The page holds its scripts, styles and workers, and calls nobody but this server. */
const policy = [
  "default-src 'none'",
  "script-src 'unsafe-inline' blob:",
  "style-src 'unsafe-inline'",
  "img-src data: blob:",
  "font-src data:",
  "worker-src blob:",
  "connect-src 'self' ws: wss:",
  "frame-ancestors 'none'",
].join("; ");

/** The explorer at `/graphiql`: works without the internet, subscriptions included. */
export function registerExplorer(server: FastifyInstance): void {
  let page: Promise<string> | undefined;
  server.get("/graphiql", async (_request, reply) => {
    page ??= render();
    return reply
      .header("content-security-policy", policy)
      .header("cache-control", "public, max-age=3600")
      .type("text/html; charset=utf-8")
      .send(await page);
  });
}

async function render(): Promise<string> {
  const options = {
    title: "Disha",
    defaultQuery,
    headers: '{\n  "authorization": ""\n}',
    shouldPersistHeaders: false,
    defaultEditorToolsVisibility: "headers" as const,
    isHeadersEditorEnabled: true,
  };
  const html = renderGraphiQL(options);
  const fetcher = await readFile(new URL("fetcher.js", import.meta.url), "utf8");
  const given = JSON.stringify(options);
  const at = html.lastIndexOf(given);
  if (at < 0) throw new Error("The explorer's page no longer takes its options as JSON");
  // Options travel as JSON, which cannot hold the function that sends operations.
  const withFetcher = `{ ...${given}, fetcher: explorerFetcher("/graphql") }`;
  return html.slice(0, at).replace("<script>", () => `<script>${fetcher}</script>\n<script>`) + withFetcher + html.slice(at + given.length);
}
