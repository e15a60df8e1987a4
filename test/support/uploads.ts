import { createHash } from "node:crypto";
import { deflateRawSync, crc32 } from "node:zlib";
import type { Session, TestApp } from "./app.js";
import { mutate, type Failure } from "./mutate.js";

/** Content under a name, as a client announces it. */
export interface Local {
  name: string;
  content: Buffer;
}

export const sha256 = (content: Buffer): string => createHash("sha256").update(content).digest("hex");

export const aText = (text = "Wire the panel.\n", name = "lesson.md"): Local => ({ name, content: Buffer.from(text) });

/** Enough of a PDF for its kind to be told. */
export const aPdf = (text = "", name = "lesson.pdf"): Local => ({ name, content: Buffer.from(`%PDF-1.7\n${text}\n%%EOF\n`) });

/** A Word document of one paragraph: an archive with the two parts that every reader asks for. */
export function aDocx(text = "Wire the panel.", name = "lesson.docx"): Local {
  const types =
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
  const body = `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:body></w:document>`;
  return { name, content: zip({ "[Content_Types].xml": types, "word/document.xml": body }) };
}

/** A zip archive of texts. */
export function zip(parts: Record<string, string>): Buffer {
  const [files, directory]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [name, text] of Object.entries(parts)) {
    const packed = deflateRawSync(text);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(text), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(Buffer.byteLength(text), 18);
    common.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    const file = Buffer.concat([Buffer.from("PK\x03\x04"), common, Buffer.from(name), packed]);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), common, place, Buffer.from(name)]));
    files.push(file);
    offset += file.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(Buffer.concat(directory).length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...files, ...directory, Buffer.from("PK\x05\x06"), end]);
}

export interface File {
  id: string;
  status: string;
  fileType: string | null;
  expiresAt: string | null;
  downloadUrl: string | null;
}

export interface Staged {
  sourceFile: File | null;
  uploadUrl: string | null;
  expiresAt: string | null;
  duplicate: boolean | null;
  errors: Failure[];
}

const file = "sourceFile { id status fileType expiresAt downloadUrl }";

/** Announces a file; `changes` to what the content says are for wrong announcements. */
export const stage = (app: TestApp, { name, content }: Local, as: Session, changes: object = {}) =>
  mutate<Staged>(app, "uploadStage", { name, size: content.length, sha256: sha256(content), ...changes }, `${file} uploadUrl expiresAt duplicate`, as);

/** Announces a file that must be taken: its id and the address for its content. */
export async function staged(app: TestApp, local: Local, as: Session, changes: object = {}): Promise<{ id: string; url: string }> {
  const { sourceFile, uploadUrl, errors } = await stage(app, local, as, changes);
  if (!sourceFile || !uploadUrl) throw new Error(`${local.name} was not staged: ${JSON.stringify(errors)}`);
  return { id: sourceFile.id, url: uploadUrl };
}

export const put = (url: string, content: Buffer, headers: Record<string, string> = {}) =>
  fetch(url, { method: "PUT", body: new Uint8Array(content), headers: { "content-type": "application/octet-stream", ...headers } });

export const complete = (app: TestApp, id: string, as: Session) =>
  mutate<{ sourceFile: File | null }>(app, "uploadComplete", { id }, file, as);

/** Announces, sends and completes a file that must be taken. */
export async function stored(app: TestApp, local: Local, as: Session): Promise<File> {
  const { id, url } = await staged(app, local, as);
  const { status } = await put(url, local.content);
  if (status !== 204) throw new Error(`${local.name} was answered ${status}`);
  const { sourceFile, errors } = await complete(app, id, as);
  if (!sourceFile) throw new Error(`${local.name} was not stored: ${JSON.stringify(errors)}`);
  return sourceFile;
}
