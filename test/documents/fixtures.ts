import { crc32, deflateRawSync, deflateSync } from "node:zlib";

/** Text at a place of an A4 page, in points from its lower left corner. */
export interface Piece {
  x: number;
  y: number;
  text: string;
  size?: number;
  bold?: boolean;
}

const escaped = (text: string): string => text.replace(/[\\()]/g, String.raw`\$&`);
const operators = (pieces: readonly Piece[]): string =>
  pieces.map(({ x, y, text, size = 10, bold }) => `BT /${bold ? "F2" : "F1"} ${size} Tf ${x} ${y} Td (${escaped(text)}) Tj ET`).join("\n");

/** A PDF of pages of text, in Latin-1; `info` and `catalog` are entries of those dictionaries. */
export function pdf(pages: readonly (readonly Piece[])[], { info = "", catalog = "", more = [] as readonly string[] } = {}): Buffer {
  return pdfOf(pages.map(operators), { info, catalog, more });
}

/** A PDF of pages with content streams as they are given. Objects 1 to 5: catalogue, pages, two fonts, information. */
export function pdfOf(contents: readonly string[], { info = "", catalog = "", more = [] as readonly string[], count = contents.length, kids = "" } = {}): Buffer {
  const first = 6;
  const pageKeys = contents.map((_, index) => first + index * 2);
  const font = (name: string): string => `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`;
  const objects: (string | Buffer)[] = [
    `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    `<< /Type /Pages /Count ${count} /Kids [${kids || pageKeys.map((key) => `${key} 0 R`).join(" ")}] >>`,
    font("Helvetica"),
    font("Helvetica-Bold"),
    `<< ${info} >>`,
  ];
  for (const [index, content] of contents.entries()) {
    objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${first + index * 2 + 1} 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>`);
    const data = deflateSync(Buffer.from(content, "latin1"));
    objects.push(Buffer.concat([Buffer.from(`<< /Length ${data.length} /Filter /FlateDecode >>\nstream\n`), data, Buffer.from("\nendstream")]));
  }
  objects.push(...more);
  return assemble(objects);
}

function assemble(objects: readonly (string | Buffer)[]): Buffer {
  const parts = [Buffer.from("%PDF-1.7\n")];
  let length = parts[0]?.length ?? 0;
  const offsets = objects.map((object, index) => {
    const at = length;
    const part = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object as string, "latin1"), Buffer.from("\nendobj\n")]);
    parts.push(part);
    length += part.length;
    return at;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  parts.push(Buffer.from(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 5 0 R >>\nstartxref\n${length}\n%%EOF\n`));
  return Buffer.concat(parts);
}

/** A ZIP archive of entries that are each deflated; `declared` lies about what they unpack to. */
export function zip(entries: Readonly<Record<string, string | Buffer>>, declared?: number): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(entries)) {
    const data = Buffer.from(content as string);
    const packed = deflateRawSync(data);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(data), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(declared ?? data.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), fields, Buffer.from(name), packed]);
    const end = Buffer.alloc(14);
    end.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from("PK\u0001\u0002\u0014\u0000"), fields, end, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", "latin1");
  end.writeUInt16LE(locals.length, 8);
  end.writeUInt16LE(locals.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, central, end]);
}

const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** A DOCX whose body is given in WordprocessingML. */
export function docx(body: string, { prologue = "", more = {} as Readonly<Record<string, string | Buffer>>, declared = undefined as number | undefined } = {}): Buffer {
  return zip(
    {
      "[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
      "_rels/.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${relations}/officeDocument" Target="word/document.xml"/></Relationships>`,
      "word/document.xml": `<?xml version="1.0" encoding="UTF-8"?>${prologue}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
      ...more,
    },
    declared,
  );
}

/** A paragraph of WordprocessingML. */
export const paragraph = (text: string, { style = "", bold = false } = {}): string =>
  `<w:p>${style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : ""}<w:r>${bold ? "<w:rPr><w:b/></w:rPr>" : ""}<w:t>${text}</w:t></w:r></w:p>`;

export const cell = (...paragraphs: readonly string[]): string => `<w:tc>${paragraphs.map((text) => paragraph(text)).join("")}</w:tc>`;
