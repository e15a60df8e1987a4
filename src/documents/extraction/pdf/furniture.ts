import type { PageText, Run } from "./page.js";

/** Share of the page's height, from its top and from its foot, where running heads and page numbers stand. */
const margin = 0.15;
/** Rows looked at from each edge. */
const rowsLooked = 3;
/** Pages that must show the same in the same place; shorter documents must on all of their pages. */
const fewestPages = 3;

/**
 * Takes running heads, running feet and page numbers off the pages: what stands near an edge and comes back on other
 * pages in the same place, figures aside, and lone page numbers.
 */
export function withoutFurniture(pages: readonly PageText[]): PageText[] {
  const seen = new Map<string, Set<number>>();
  const edgesOf = pages.map((page) => edgeRuns(page));
  pages.forEach((page, index) => {
    for (const run of edgesOf[index] ?? []) {
      const key = keyOf(run, page);
      seen.set(key, (seen.get(key) ?? new Set()).add(page.number));
    }
  });
  const enough = Math.max(2, Math.min(fewestPages, pages.length));
  return pages.map((page, index) => {
    const edge = edgesOf[index] ?? new Set<Run>();
    const repeated = (run: Run): boolean => [-1, 0, 1].some((step) => (seen.get(keyOf(run, page, step))?.size ?? 0) >= enough);
    return { ...page, runs: page.runs.filter((run) => !edge.has(run) || !(repeated(run) || isPageNumber(run.text))) };
  });
}

/** Runs of the outermost rows within the margins. */
function edgeRuns(page: PageText): Set<Run> {
  const top = page.runs.filter((run) => run.y < page.height * margin);
  const foot = page.runs.filter((run) => run.y > page.height * (1 - margin));
  return new Set([...outermost(top, 1), ...outermost(foot, -1)]);
}

function outermost(runs: readonly Run[], direction: 1 | -1): Run[] {
  const sorted = runs.toSorted((a, b) => direction * (a.y - b.y));
  const kept: Run[] = [];
  let rows = 0;
  let last = Number.NaN;
  for (const run of sorted) {
    if (!(Math.abs(run.y - last) < 3)) rows++;
    if (rows > rowsLooked) break;
    last = run.y;
    kept.push(run);
  }
  return kept;
}

/** Text without its figures, and its height on the page to a hundredth. */
function keyOf(run: Run, page: PageText, step = 0): string {
  const text = run.text.toLowerCase().replace(/[\d०-९]+/g, "#").replace(/\s+/g, " ").trim();
  return `${Math.round((run.y / page.height) * 100) + step}|${text}`;
}

/** A figure alone, as "12", "- 12 -", "Page 12 of 40" or "xii". */
function isPageNumber(text: string): boolean {
  return /^(?:page|p\.|seite|पृष्ठ)?\s*[-–—[(|]?\s*(?:[\d०-९]{1,4}|[ivxl]{1,7})\s*[-–—\])|]?\s*(?:(?:of|\/|von|sur|de)\s*\d{1,4})?$/iu.test(text.trim());
}
