import { Parser } from "htmlparser2";
import { fromBufferPromise } from "yauzl";
import { DocumentFailure } from "../../document.js";

/** Bounds of a DOCX: its entries, what they unpack to together, what its XML unpacks to, and how deep that nests. */
export const bounds = { entries: 5_000, bytes: 100 * 1024 * 1024, xmlBytes: 40 * 1024 * 1024, depth: 256 };

/** A compound file: what Office writes for documents with a password, and what Word wrote before 2007. */
const compound = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
const encryptedPackage = Buffer.from("EncryptedPackage", "utf16le");

/**
 * Unpacks the XML parts of a DOCX, by name. Every entry is unpacked, pictures too, and counted by the bytes that come
 * out, not by those that it declares; all XML is looked at for document type definitions (entities that multiply) and
 * for nesting that parsers choke on.
 * @throws {DocumentFailure} ENCRYPTED, UNSUPPORTED (no DOCX), TOO_LARGE, CORRUPT.
 */
export async function unpack(bytes: Buffer): Promise<Map<string, Buffer>> {
  if (bytes.subarray(0, 8).equals(compound)) throw new DocumentFailure(bytes.includes(encryptedPackage) ? "ENCRYPTED" : "UNSUPPORTED");
  if (bytes.toString("latin1", 0, 2) !== "PK") throw new DocumentFailure("UNSUPPORTED");
  const parts = await readable(() => unpackXml(bytes));
  if (parts.has("word/document.xml") || parts.has("_rels/.rels")) return parts;
  throw new DocumentFailure("UNSUPPORTED");
}

async function unpackXml(bytes: Buffer): Promise<Map<string, Buffer>> {
  const archive = await fromBufferPromise(bytes);
  if (archive.entryCount > bounds.entries) throw new DocumentFailure("TOO_LARGE");
  const parts = new Map<string, Buffer>();
  let [total, xml] = [0, 0];
  for await (const entry of archive.eachEntry()) {
    if (entry.isEncrypted()) throw new DocumentFailure("ENCRYPTED");
    const isXml = /\.(?:xml|rels)$/i.test(entry.fileName);
    const chunks: Buffer[] = [];
    for await (const chunk of (await archive.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
      total += chunk.length;
      if (isXml) xml += chunks.push(chunk) && chunk.length;
      if (total > bounds.bytes || xml > bounds.xmlBytes) throw new DocumentFailure("TOO_LARGE");
    }
    if (!isXml) continue;
    const part = Buffer.concat(chunks);
    checkXml(part.toString("utf8"));
    parts.set(entry.fileName, part);
  }
  return parts;
}

function checkXml(text: string): void {
  // Office Open XML forbids document type definitions (ECMA-376, part 2, 8.3.3): no honest document has one.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw new DocumentFailure("CORRUPT");
  let depth = 0;
  const parser = new Parser(
    {
      onopentagname: () => {
        if (++depth > bounds.depth) throw new DocumentFailure("TOO_LARGE");
      },
      onclosetag: () => void depth--,
    },
    { xmlMode: true },
  );
  parser.end(text);
}

/** Runs a library over the document: whatever it throws is the document's fault. */
export async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof DocumentFailure) throw error;
    throw new DocumentFailure("CORRUPT");
  }
}
