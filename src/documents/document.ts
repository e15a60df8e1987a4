import { z } from "zod";
import type { fileTypes } from "../db/value-sets.js";

/** A text that can be stored and sent: PostgreSQL holds no NUL, and UTF-8 no half of a surrogate pair. */
export const wellFormed = z
  .string()
  .refine((text) => !text.includes("\0") && text.isWellFormed(), "This may not contain the character NUL or a half of a surrogate pair.");

const page = z.int().min(1).nullable();

/** A piece of a document's text in reading order; `page` counts from 1 and is null where the format has no pages. */
export const blockRules = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("heading"), level: z.int().min(1).max(6), text: wellFormed, page }),
  z.object({ kind: z.literal("paragraph"), text: wellFormed, page }),
  z.object({ kind: z.literal("list"), ordered: z.boolean(), items: z.array(wellFormed), page }),
  z.object({ kind: z.literal("table"), rows: z.array(z.array(wellFormed)), page }),
  z.object({ kind: z.literal("code"), text: wellFormed, language: wellFormed.nullable(), page }),
]);

export type Block = z.output<typeof blockRules>;

/** What extraction makes of a file: clean text, without running heads, page numbers and hyphens of line ends. */
export const documentRules = z.object({
  title: wellFormed.nullable(),
  /** ISO 639-1 code of the language that most of the text is written in; null when it cannot be told. */
  language: wellFormed.nullable(),
  /** Pages of the file; null for formats without pages. */
  pages: z.int().min(1).nullable(),
  blocks: z.array(blockRules),
});

export type Document = z.output<typeof documentRules>;

export type FileType = (typeof fileTypes)[number];

/** Why a document cannot be used: shown to people as the job's error. */
export const documentFailures = {
  ENCRYPTED: "The document is protected by a password; upload it without one.",
  NO_TEXT: "The document holds no text that can be read; a scan must go through text recognition first.",
  CORRUPT: "The document is damaged or incomplete.",
  UNSUPPORTED: "The document is not a PDF, DOCX, TXT or Markdown file.",
  TOO_LARGE: "The document unpacks to more than can be read.",
  TIMEOUT: "Reading the document took longer than is allowed.",
} as const;

export type DocumentFailureCode = keyof typeof documentFailures;

/** A document that cannot be read; trying again would not mend it. */
export class DocumentFailure extends Error {
  constructor(
    readonly code: DocumentFailureCode,
    message: string = documentFailures[code],
  ) {
    super(message);
    this.name = "DocumentFailure";
  }
}
