import { createHash } from "node:crypto";
import { z } from "zod";
import { jobFolder, type Storage } from "../../storage/open.js";

/** Raised when an answer of a stage changes its meaning: older ones are then not taken any more. */
const version = 1;

const kept = z.object({ inputs: z.string(), answer: z.unknown(), tokens: z.number() });

/** What one stage answered, and the tokens that it took of a language model. */
export interface Answered<Answer> {
  answer: Answer;
  tokens: number;
}

/** Answers of whole stages, kept until the job has ended, so that a later attempt goes on where one stopped. */
export interface Checkpoints {
  /** The kept answer of a stage; null when there is none, when it is broken, or of other inputs. */
  read<Rules extends z.ZodType>(name: string, rules: Rules): Promise<Answered<z.output<Rules>> | null>;
  write(name: string, answered: Answered<unknown>): Promise<void>;
  remove(): Promise<void>;
}

/** `inputs` is everything that the answers depend on, as plain JSON. */
export function openCheckpoints(storage: Storage, jobId: string, inputs: unknown): Checkpoints {
  const folder = jobFolder(jobId);
  const fingerprint = createHash("sha256").update(JSON.stringify([version, inputs])).digest("hex");
  const keyOf = (name: string): string => `${folder}/${name}.json`;
  return {
    read: async (name, rules) => {
      if (!(await storage.fileExists(keyOf(name)))) return null;
      const parsed = kept.safeParse(json(await storage.readToString(keyOf(name))));
      if (!parsed.success || parsed.data.inputs !== fingerprint) return null;
      const answer = rules.safeParse(parsed.data.answer);
      return answer.success ? { answer: answer.data, tokens: parsed.data.tokens } : null;
    },
    write: (name, { answer, tokens }) => storage.write(keyOf(name), JSON.stringify({ inputs: fingerprint, answer, tokens })),
    remove: () => storage.deleteDirectory(folder),
  };
}

/** A file that was cut off in being written is no JSON: it counts as absent. */
function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
