import { queryNamed } from "../queries/index.js";
import { figure, find, type Measured } from "../statistics.js";

const colours: Record<string, string> = {
  limit: "#9aa5b1", limit4: "#b3bcc5", rows: "#cbd2d9", postgraphile: "#e0a458", mercurius: "#8fb996", ours: "#2f6fb0", embedded: "#86b3dd",
};
const [barHeight, gap, left, width] = [14, 14, 310, 420];
const connections = 32;

/**
 * Medians of the requests a second at 32 connections as parts of the limit's, a group of bars for each query; an SVG
 * document. The ratios of the tables are taken round by round and may differ from the lengths of the bars.
 */
export function chartOf(measured: readonly Measured[]): string {
  const shown = measured.filter((one) => one.connections === connections);
  const names = [...new Set(shown.map(({ query }) => query))];
  const servers = [...new Set(shown.map(({ server }) => server))];
  const perSecond = (query: string, server: string) => figure(find(shown, query, server, connections), (one) => one.requestsPerSecond)?.median ?? 0;
  const parts = names.flatMap((query) => servers.map((server) => perSecond(query, server) / perSecond(query, "limit")).filter(Number.isFinite));
  const scale = width / Math.max(1, ...parts);
  const groupHeight = servers.length * barHeight + gap;
  const top = 48;
  const groups = names.map((query, index) => {
    const y = top + index * groupHeight;
    const bars = servers.map((server, place) => bar(y + place * barHeight, server, perSecond(query, server), perSecond(query, "limit"), scale));
    return [`<text x="8" y="${y + barHeight}" font-weight="600">${query}</text><text x="8" y="${y + barHeight * 2}">${escaped(queryNamed(query).title)}</text>`, ...bars].join("\n");
  });
  const height = top + names.length * groupHeight;
  const legend = servers.map((server, index) => `<rect x="${8 + index * 105}" y="12" width="10" height="10" fill="${colours[server] ?? "#000"}"/><text x="${22 + index * 105}" y="21">${server}</text>`);
  const line = `<line x1="${left + scale}" y1="36" x2="${left + scale}" y2="${height - gap}" stroke="#52606d" stroke-dasharray="3 3"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${left + width + 110} ${height}" font-family="system-ui, sans-serif" font-size="11">
<title>Requests a second with 32 connections; the dashed line is the limit: hand-written SQL that builds the JSON</title>
<rect width="100%" height="100%" fill="#fff"/>
${[...legend, ...groups, line].join("\n")}
</svg>
`;
}

function bar(y: number, server: string, value: number, limit: number, scale: number): string {
  if (value === 0 || limit === 0) return "";
  const length = Math.max(1, (value / limit) * scale);
  return `<rect x="${left}" y="${y}" width="${length.toFixed(1)}" height="${barHeight - 2}" fill="${colours[server] ?? "#000"}"/>` +
    `<text x="${(left + length + 5).toFixed(1)}" y="${y + 10}">${value.toFixed(0)}/s</text>`;
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
