import { readable } from "./open.js";
import type { PdfDocument } from "./page.js";

/** An entry of the outline that a PDF brings along. */
export interface Bookmark {
  title: string;
  /** 1 for the outermost. */
  depth: number;
  /** Where it leads: the page, and how far below its upper edge in points; null where it does not say. */
  page: number | null;
  y: number | null;
}

/** Bookmarks that are looked at, and how deep they may nest. */
const most = { bookmarks: 3_000, depth: 6 };

interface OutlineItem {
  title: string;
  dest: unknown;
  items: OutlineItem[];
}

/** The bookmarks of the file, from the first to the last. */
export async function bookmarksOf(pdf: PdfDocument, heights: readonly number[]): Promise<Bookmark[]> {
  const outline = (await readable(() => pdf.getOutline())) as OutlineItem[] | null;
  const found: Bookmark[] = [];
  const add = async (items: readonly OutlineItem[], depth: number): Promise<void> => {
    for (const { title, dest, items: inner } of items) {
      if (found.length >= most.bookmarks) return;
      if (title.trim()) found.push({ title, depth, ...(await placeOf(pdf, dest, heights)) });
      if (depth < most.depth) await add(inner, depth + 1);
    }
  };
  await add(outline ?? [], 1);
  return found;
}

type Place = Pick<Bookmark, "page" | "y">;

/** Where a destination leads; one that leads nowhere does no harm. */
async function placeOf(pdf: PdfDocument, dest: unknown, heights: readonly number[]): Promise<Place> {
  try {
    const place: unknown = typeof dest === "string" ? await pdf.getDestination(dest) : dest;
    if (!Array.isArray(place)) return { page: null, y: null };
    const [target, mode, ...at] = place as [unknown, { name?: string } | undefined, ...unknown[]];
    const index = typeof target === "number" ? target : await pdf.getPageIndex(target as Parameters<PdfDocument["getPageIndex"]>[0]);
    const top = mode?.name === "XYZ" ? at[1] : mode?.name === "FitH" ? at[0] : null;
    return { page: index + 1, y: typeof top === "number" ? (heights[index] ?? 0) - top : null };
  } catch {
    return { page: null, y: null };
  }
}
