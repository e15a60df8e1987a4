import { createHash, randomUUID } from "node:crypto";
import type { Database } from "../../src/db/client.js";
import { sourceFiles } from "../../src/db/tables/index.js";
import type { Document } from "../../src/documents/document.js";
import type { CourseWriter } from "../../src/documents/writer.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { uploadKey, type Storage } from "../../src/storage/open.js";

/** A Markdown lesson with a heading and a paragraph for each section. */
export const lesson = (sections: number): string =>
  Array.from({ length: sections }, (_, i) => `# Part ${i + 1}\n\nA solar panel of part ${i + 1} turns light into power.\n`).join("\n");

/** An uploaded document in the storage; `global` is its id in the graph. */
export async function aStoredFile(
  { db, storage }: { db: Database; storage: Storage },
  values: Partial<typeof sourceFiles.$inferInsert> & { uploadedById: string },
  content: string | Buffer = lesson(4),
) {
  const rest = {
    fileId: `file_${randomUUID().slice(0, 8)}`, filename: "lesson.md", fileType: "md" as const, status: "stored" as const,
    fileSizeBytes: Buffer.byteLength(content), checksum: createHash("sha256").update(content).digest("hex"),
  };
  const [row] = await db.insert(sourceFiles).values({ ...rest, ...values }).returning();
  if (!row) throw new Error("The file was not made");
  await storage.write(uploadKey(row.id), content);
  return { ...row, global: toGlobalId("SourceFile", row.id) };
}

/** Two pages with a heading and a paragraph each. */
export const aDocument = (values: Partial<Document> = {}): Document => ({
  title: "Solar power",
  language: "en",
  pages: 2,
  blocks: [1, 2].flatMap((page) => [
    { kind: "heading" as const, level: 1, text: `Part ${page}`, page },
    { kind: "paragraph" as const, text: "A panel turns light into power.", page },
  ]),
  ...values,
});

/** A writer that makes a week of each heading, one topic and one question a week; `calls` counts its stages. */
export function plainWriter(overrides: Partial<CourseWriter> = {}): CourseWriter & { calls: string[] } {
  const calls: string[] = [];
  return {
    name: "plain",
    calls,
    structure: async ({ documents, title, skills }) => {
      calls.push("structure");
      const weeks = documents.flatMap(({ blocks }, document) =>
        blocks.flatMap((block, from) => (block.kind === "heading" ? [{ title: block.text, spans: [{ document, from, to: from + 2 }] }] : [])),
      );
      return {
        title: title ?? "Solar power", description: "On light and power.", keywords: ["solar"], skillIds: skills.slice(0, 2).map(({ id }) => id),
        modules: weeks.map((week) => ({ title: week.title, topics: [week] })),
      };
    },
    write: async (_source, plan) => {
      calls.push("write");
      return plan.modules.map(({ title, topics }) => ({
        description: `About ${title}.`, learningObjectives: [`Know ${title}`],
        topics: topics.map((topic) => ({ content: `## ${topic.title}\n\nRead this.`, estimatedMinutes: 5 })),
      }));
    },
    quiz: async (source, plan) => {
      calls.push("quiz");
      return plan.modules.map(({ topics: [topic] }) => [{
        questionText: "What does a panel turn into power?", options: { A: "Light", B: "Sound", C: "Water", D: "Sand" }, correctAnswer: "A" as const,
        explanation: "It stands in the text.", difficulty: "easy" as const, document: topic?.spans[0]?.document ?? 0,
        page: source.documents[0]?.pages ? 1 : null, skillId: source.skills[0]?.id ?? null,
      }]);
    },
    ...overrides,
  };
}
