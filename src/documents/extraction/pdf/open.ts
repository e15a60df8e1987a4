import { getDocument, VerbosityLevel } from "unpdf/pdfjs";
import { DocumentFailure } from "../../document.js";
import type { Bookmark } from "./headings.js";
import type { PdfDocument } from "./page.js";

/** Bookmarks that are looked at, and how deep they may nest. */
const most = { bookmarks: 5_000, depth: 6 };

/**
 * Opens a PDF.
 * @throws {DocumentFailure} ENCRYPTED when it needs a password, UNSUPPORTED when it is none, CORRUPT when pdf.js cannot
 * find its pages.
 */
export async function openPdf(bytes: Buffer): Promise<PdfDocument> {
  // Readers look for the mark within the first kilobyte: mail programs and servers put things before it.
  if (!bytes.subarray(0, 1_024).includes("%PDF-")) throw new DocumentFailure("UNSUPPORTED");
  return readable(
    () =>
      getDocument({
        data: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength),
        verbosity: VerbosityLevel.ERRORS,
        disableFontFace: true,
        useSystemFonts: false,
        enableXfa: false,
        // Pictures are never looked at: decoding them would only cost time and memory.
        maxImageSize: 1,
      }).promise,
  );
}

/** Runs pdf.js over the document: whatever it throws is the document's fault. */
export async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof DocumentFailure) throw error;
    throw new DocumentFailure(error instanceof Error && error.name === "PasswordException" ? "ENCRYPTED" : "CORRUPT");
  }
}

/** The title that the file gives itself, unless a program put it there. */
export async function titleOf(pdf: PdfDocument): Promise<string | null> {
  const { info } = await readable(() => pdf.getMetadata());
  const { Title: title } = info as { Title?: unknown };
  if (typeof title !== "string") return null;
  const text = title.trim();
  const made = /^(?:microsoft (?:word|powerpoint)|untitled|document\d*$|slide \d|powerpoint|title$|none$|\(anonymous\))|\.(?:docx?|pptx?|pdf|indd|odt|tex|dvi|qxd|rtf|html?)$|^[\w-]+\.[a-z]{2,4}$/i;
  return text.length > 2 && text.length <= 300 && /\p{L}{2}/u.test(text) && !made.test(text) ? text : null;
}

interface OutlineItem {
  title: string;
  items: OutlineItem[];
}

/** The bookmarks of the file, from the first to the last. */
export async function outlineOf(pdf: PdfDocument): Promise<Bookmark[]> {
  const outline = (await readable(() => pdf.getOutline())) as OutlineItem[] | null;
  const found: Bookmark[] = [];
  const add = (items: readonly OutlineItem[], depth: number): void => {
    for (const { title, items: inner } of items) {
      if (found.length >= most.bookmarks) return;
      if (title.trim()) found.push({ title, depth });
      if (depth < most.depth) add(inner, depth + 1);
    }
  };
  add(outline ?? [], 1);
  return found;
}
