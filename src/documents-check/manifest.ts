import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

const expectations = ["accept", "reject", "needs OCR or a clear no-text error"] as const;

const manifestRules = z
  .array(
    z.object({
      /** Name of the file, in the folder of the manifest. */
      file: z.string().min(1),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      bytes: z.int().min(0),
      expected: z.enum(expectations),
    }),
  )
  .min(1);

export type Entry = z.output<typeof manifestRules>[number];

/**
 * Reads FOLDER/manifest.json: the documents, and what is expected of each.
 * @throws {Error} with a sentence for people.
 */
export async function readManifest(folder: string): Promise<Entry[]> {
  const file = path.join(folder, "manifest.json");
  const text = await readFile(file, "utf8").catch((error: Error) => {
    throw new Error(`${file} cannot be read: ${error.message}`);
  });
  const parsed = manifestRules.safeParse(json(text));
  if (!parsed.success) throw new Error(`${file} is no list of {file, sha256, bytes, expected}:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What became of a document on its way to a course. */
export interface Result {
  outcome: "course" | "rejected" | "broken";
  /** Why there is no course; null when there is one. */
  code: string | null;
  seconds: number;
  modules: number;
  topics: number;
  questions: number;
}

/** Did the document end as it should? A course counts when it has something to learn; a fault of ours never does. */
export function isAsExpected(expected: Entry["expected"], { outcome, code, modules, topics }: Result): boolean {
  const course = outcome === "course" && modules > 0 && topics > 0;
  switch (expected) {
    case "accept": return course;
    case "reject": return outcome === "rejected";
    case "needs OCR or a clear no-text error": return course || (outcome === "rejected" && code === "NO_TEXT");
  }
}
