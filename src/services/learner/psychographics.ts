import { sql } from "drizzle-orm";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import type { Database } from "../../db/client.js";
import { psychographics } from "../../db/tables/index.js";
import { inTransaction } from "../../db/unit-of-work.js";
import { gamificationPersonas, learningStyles } from "../../db/value-sets.js";
import { check, clearable, line } from "../input.js";
import { changed, lockProfile } from "./rows.js";

type PsychographicsRow = typeof psychographics.$inferSelect;

const surveyRules = z.object({
  learningMotivation: clearable(line(100)),
  learningStyle: clearable(z.enum(learningStyles)),
  cognitivePattern: clearable(line(1000)),
  engagementType: clearable(line(100)),
  gamificationPersona: clearable(z.enum(gamificationPersonas)),
});

/** Writes the viewer's survey answers; over an estimate of a model they make a hybrid. */
export async function updatePsychographics(
  viewer: SignedIn,
  db: Database,
  input: z.input<typeof surveyRules>,
): Promise<PsychographicsRow> {
  const answers = check(surveyRules, input);
  return inTransaction(db, viewer, async (work) => {
    await lockProfile(work, viewer.id);
    const [row] = await work.tx
      .insert(psychographics)
      .values({ ...answers, derivedFrom: "survey", userId: viewer.id })
      .onConflictDoUpdate({
        target: psychographics.userId,
        set: changed({
          ...answers,
          derivedFrom: sql`case when ${psychographics.derivedFrom} = 'survey' then 'survey' else 'hybrid' end`,
        }),
      })
      .returning();
    if (!row) throw new Error("The survey was not written");
    return row;
  });
}
