import { sql } from "drizzle-orm";
import { anyOf, rowsOf, type Tx } from "../../db/client.js";
import { skillAliases, skills, sourceFiles } from "../../db/tables/index.js";
import type { Block, Document } from "../../documents/document.js";
import type { SkillTerm } from "../../documents/writer.js";
import { uploadKey, type Storage } from "../../storage/open.js";
import { copyToFile } from "../../storage/transfer.js";
import { JobFailure } from "../run.js";

export type SourceFileRow = typeof sourceFiles.$inferSelect;

/** Most skills that documents are compared with. */
const mostSkills = 20_000;

/**
 * The files of a job in the given order.
 * @throws {JobFailure} FILE_GONE when one was deleted or is used otherwise by now.
 */
export async function filesOf({ tx }: { tx: Tx }, jobId: string, ids: readonly string[]): Promise<SourceFileRow[]> {
  const rows = await tx.select().from(sourceFiles).where(anyOf(sourceFiles.id, ids, "uuid")).orderBy(sourceFiles.id).for("update");
  return ids.map((id) => {
    const file = rows.find((row) => row.id === id);
    if (file?.status !== "stored" || file.jobId !== jobId || file.courseId !== null) {
      throw new JobFailure("FILE_GONE", file ? `“${file.filename}” was deleted or is used otherwise by now.` : "A document is gone.");
    }
    return file;
  });
}

/** The skills of the catalogue with all their spellings, by key. */
export const skillTerms = ({ tx }: { tx: Tx }): Promise<SkillTerm[]> =>
  rowsOf<SkillTerm>(
    tx,
    sql`select s.id, s.name::text as name, s.keywords || coalesce(a.aliases, '{}') as terms
        from ${skills} s
        left join (select skill_id, array_agg(alias::text order by alias) as aliases from ${skillAliases} group by skill_id) a on a.skill_id = s.id
        order by s.id limit ${mostSkills}`,
  );

/**
 * Copies an uploaded file to `target`, for programs that read files. A copy that is not the file that was uploaded is
 * the storage's fault and not the document's: the attempt is repeated.
 * @throws {JobFailure} FILE_GONE when the storage does not have it.
 */
export async function fetchFile(storage: Storage, file: SourceFileRow, target: string, signal: AbortSignal): Promise<void> {
  const key = uploadKey(file.id);
  if (!(await storage.fileExists(key))) throw new JobFailure("FILE_GONE", `“${file.filename}” is not there any more; upload it again.`);
  const { size, sha256 } = await copyToFile(storage, key, target, signal);
  if (size !== file.fileSizeBytes || sha256 !== file.checksum) throw new Error(`The storage gave other content for the file ${file.id} than was stored.`);
}

/** Characters of all documents of one course together: as many as one document may have. */
const mostCharacters = 8_000_000;

const lengthOf = (block: Block): number => {
  switch (block.kind) {
    case "list": return sum(block.items.map((item) => item.length));
    case "table": return sum(block.rows.flat().map((cell) => cell.length));
    default: return block.text.length;
  }
};
const sizeOf = ({ blocks }: Document): number => sum(blocks.map(lengthOf));
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** @throws {JobFailure} TOO_LARGE when the documents together hold more text than one course is made of. */
export function refuseTooMuch(documents: readonly Document[]): void {
  if (sum(documents.map(sizeOf)) > mostCharacters) {
    throw new JobFailure("TOO_LARGE", "The documents together hold more text than can be made into one course.");
  }
}

/** The language that most of the text is in; null when no document tells. */
export function mainLanguage(documents: readonly Document[]): string | null {
  const sizes = new Map<string, number>();
  for (const document of documents) {
    if (document.language !== null) sizes.set(document.language, (sizes.get(document.language) ?? 0) + sizeOf(document));
  }
  return [...sizes].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}
