import { getDocument, VerbosityLevel } from "unpdf/pdfjs";
import { DocumentFailure } from "../../document.js";
import type { PdfDocument } from "./page.js";

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
