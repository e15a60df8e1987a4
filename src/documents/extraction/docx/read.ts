import mammoth from "mammoth";
import type { Reading } from "../read.js";
import { readable, unpack } from "./archive.js";
import { blocksOf } from "./blocks.js";

/** Styles beyond mammoth's own: titles are headings, tables of contents go, code keeps its lines. */
const styleMap = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='title'] => h1:fresh",
  "p[style-name='Subtitle'] => h2:fresh",
  "p[style-name='Heading 7'] => h6:fresh",
  "p[style-name='Heading 8'] => h6:fresh",
  "p[style-name='Heading 9'] => h6:fresh",
  "p[style-name^='toc '] => !",
  "p[style-name^='TOC '] => !",
  "p[style-name='TOC Heading'] => !",
  "p[style-name='HTML Preformatted'] => pre:separator('\n')",
  "p[style-name='Source Code'] => pre:separator('\n')",
  "p[style-name='Code'] => pre:separator('\n')",
  "p[style-name='Preformatted Text'] => pre:separator('\n')",
  "p[style-name='List Paragraph'] => p:fresh",
];

/**
 * What mammoth reads an archive by; handing it the parts that were looked at keeps it from unpacking anything else,
 * such as a second directory that two programs read differently.
 */
interface Archive {
  exists(name: string): boolean;
  read(name: string, encoding?: string): Promise<string | Buffer>;
}

/** Reads a DOCX: headings by their styles or their look, lists, tables and code; pictures, heads and feet go. */
export async function readDocx(bytes: Buffer): Promise<Reading> {
  const parts = await unpack(bytes);
  const file: Archive = {
    exists: (name) => parts.has(name),
    read: async (name, encoding) => {
      const part = parts.get(name) ?? Buffer.alloc(0);
      return encoding ? part.toString("utf8") : part;
    },
  };
  const html = await readable(async () => {
    const { value } = await mammoth.convertToHtml({ file } as unknown as { buffer: Buffer }, {
      styleMap,
      includeEmbeddedStyleMap: false,
      ignoreEmptyParagraphs: false,
      convertImage: mammoth.images.imgElement(async () => ({ src: "" })),
    });
    return value;
  });
  const title = /<dc:title>([^<]{1,300})<\/dc:title>/.exec(parts.get("docProps/core.xml")?.toString("utf8") ?? "");
  return { title: sensibleTitle(title?.[1]), pages: null, blocks: blocksOf(html) };
}

const sensibleTitle = (title: string | undefined): string | null =>
  title && title.trim().length > 2 && !/^(?:word document|microsoft word|document\d*|untitled)\b/i.test(title.trim()) ? title.replace(/&amp;/g, "&") : null;
