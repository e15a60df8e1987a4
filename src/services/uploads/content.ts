import { open } from "node:fs/promises";
import path from "node:path";
import { fileTypeFromFile } from "file-type";
import type { FileType } from "../../documents/document.js";

/** Readers take a PDF whose mark is not at the very beginning, but within so many bytes. */
const pdfHeadBytes = 1024;

/** What a text is not, though it could be read as one. */
const otherMarks = ["%PDF-", "{\\rtf"];

/**
 * The type of a document by its content, when it agrees with the ending of its name; null when it does not. Of an
 * archive only the kind is looked at, so that nothing is unpacked that could be a bomb.
 */
export async function typeByContent(file: string, name: string): Promise<FileType | null> {
  switch (path.extname(name).toLowerCase()) {
    case ".pdf":
      return (await isPdf(file)) ? "pdf" : null;
    case ".docx":
      return (await fileTypeFromFile(file).catch(() => undefined))?.ext === "docx" ? "docx" : null;
    case ".txt":
      return (await isText(file)) ? "txt" : null;
    case ".md":
      return (await isText(file)) ? "md" : null;
    default:
      return null;
  }
}

async function isPdf(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(pdfHeadBytes) });
    return buffer.subarray(0, bytesRead).includes("%PDF-");
  } finally {
    await handle.close();
  }
}

/**
 * Text is UTF-8, with or without a byte order mark, and holds no NUL, which the database cannot keep; other encodings
 * cannot be told from each other with certainty.
 */
async function isText(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    let isStart = true;
    for await (const piece of handle.createReadStream({ autoClose: false })) {
      const text = decoder.decode(piece as Buffer, { stream: true });
      if (text.includes("\0") || (isStart && otherMarks.some((mark) => text.trimStart().startsWith(mark)))) return false;
      isStart = false;
    }
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  } finally {
    await handle.close();
  }
}
