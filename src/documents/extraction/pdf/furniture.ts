import type { PageText, Run } from "./page.js";

/** Share of the page's height, from its top and from its foot, where running heads and page numbers stand. */
const margin = 0.18;
/** Rows looked at from each edge. */
const rowsLooked = 3;
/** Pages that must show the same in the same place but for figures; of a shorter document, all pages. */
const fewestPages = 3;
/** Text of so many characters that is the very same in the same place is no chance on two pages. */
const unmistakable = 12;

/**
 * Takes running heads, running feet and page numbers off the pages: what stands near an edge and comes back on other
 * pages in the same place, figures aside, and page numbers that stand alone.
 */
export function withoutFurniture(pages: readonly PageText[]): PageText[] {
  const edges = pages.map(edgeRows);
  const seen = new Map<string, Set<number>>();
  pages.forEach((page, index) => {
    for (const run of (edges[index] ?? []).flat()) {
      for (const key of [`${placeOf(run, page)}|${shapeOf(run.text)}`, `${placeOf(run, page)}|=${run.text}`]) {
        seen.set(key, (seen.get(key) ?? new Set()).add(page.number));
      }
    }
  });
  const pagesWith = (run: Run, page: PageText, text: string): number =>
    Math.max(...[-1, 0, 1].map((step) => seen.get(`${placeOf(run, page) + step}|${text}`)?.size ?? 0));
  const enough = Math.max(2, Math.min(fewestPages, pages.length));
  return pages.map((page, index) => {
    const gone = new Set<Run>();
    for (const row of edges[index] ?? []) {
      const rest = row.filter((run) => {
        const repeated = pagesWith(run, page, shapeOf(run.text)) >= enough;
        return !repeated && !(run.text.length >= unmistakable && pagesWith(run, page, `=${run.text}`) >= 2);
      });
      const numbers = rest.filter((run) => isPageNumber(run.text));
      for (const run of row) if (!rest.includes(run) || numbers.length === rest.length) gone.add(run);
    }
    return { ...page, runs: page.runs.filter((run) => !gone.has(run)) };
  });
}

/** The outermost rows within the margins. */
function edgeRows(page: PageText): Run[][] {
  const top = page.runs.filter((run) => run.y < page.height * margin);
  const foot = page.runs.filter((run) => run.y > page.height * (1 - margin));
  return [...outermost(top, 1), ...outermost(foot, -1)];
}

function outermost(runs: readonly Run[], direction: 1 | -1): Run[][] {
  const rows: Run[][] = [];
  for (const run of runs.toSorted((a, b) => direction * (a.y - b.y))) {
    const row = rows.at(-1);
    if (row && Math.abs(run.y - (row[0]?.y ?? run.y)) < 3) row.push(run);
    else if (rows.length === rowsLooked) break;
    else rows.push([run]);
  }
  return rows;
}

/** Height on the page, in hundredths. */
const placeOf = (run: Run, page: PageText): number => Math.round((run.y / page.height) * 100);

/** Text without its figures. */
const shapeOf = (text: string): string => text.toLowerCase().replace(/[\d०-९]+/g, "#").replace(/\s+/g, " ").trim();

/** A figure alone, as "12", "- 12 -", "Page 12 of 40" or "xii". */
function isPageNumber(text: string): boolean {
  return /^(?:page|p\.|seite|पृष्ठ)?\s*[-–—[(|]?\s*(?:[\d०-९]{1,4}|[ivxl]{1,7})\s*[-–—\])|]?\s*(?:(?:of|\/|von|sur|de)\s*\d{1,4})?$/iu.test(text.trim());
}
