import { eq } from "drizzle-orm";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import type { Database } from "../../db/client.js";
import { nsqfLevels } from "../../db/tables/index.js";
import { nodeId } from "../../graphql/node.js";
import { audit } from "../audit.js";
import { later } from "../concurrency.js";
import { clearable, line } from "../input.js";
import { notClearable } from "../learner/rules.js";
import { administer, changeOf, checkChange, written } from "./changes.js";

type NsqfLevelRow = typeof nsqfLevels.$inferSelect;

const changeRules = z.object({
  id: nodeId("NsqfLevel"),
  expectedUpdatedAt: z.string(),
  description: notClearable(line(2000)),
  typicalEntry: clearable(line(500)),
});

/**
 * Changes what is said of a level. The levels themselves are those of the framework.
 * @throws {Rejection} NOT_FOUND; CONFLICT when it changed since.
 */
export const updateNsqfLevel = (viewer: SignedIn, db: Database, input: z.input<typeof changeRules>): Promise<NsqfLevelRow> =>
  administer(viewer, db, async (work) => {
    const { tx } = work;
    const { row, values } = await checkChange(changeRules, input, {
      field: "id",
      what: "NSQF level",
      find: async (level) => (await tx.select().from(nsqfLevels).where(eq(nsqfLevels.level, level)).for("no key update"))[0],
    });
    const { id: level, expectedUpdatedAt: _, ...changes } = values;
    const change = changeOf(row, changes);
    if (!change) return row;
    const next = await tx
      .update(nsqfLevels)
      .set({ ...change.newValues, updatedAt: later(nsqfLevels.updatedAt) })
      .where(eq(nsqfLevels.level, level))
      .returning();
    await audit(work, { action: "catalog.nsqf_level_updated", entityType: "nsqf_level", entityKey: level, ...change });
    return written(next, "NSQF level");
  });
