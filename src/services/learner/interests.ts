import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import type { Database } from "../../db/client.js";
import { interests } from "../../db/tables/index.js";
import { bounds } from "../../graphql/bounds.js";
import { once, type Keyed } from "../idempotency.js";
import { check } from "../input.js";
import { lockProfile, makeRoom, removeOwn } from "./rows.js";
import { nameOf } from "./rules.js";

type InterestRow = typeof interests.$inferSelect;

const newInterest = z.object({ interest: nameOf(255) });

/**
 * Adds an interest of the viewer's; one that is there already is answered as it is.
 * @throws {Rejection} CONFLICT when the profile has no room.
 */
export async function addInterest(
  viewer: SignedIn,
  db: Database,
  input: z.input<typeof newInterest> & Keyed,
): Promise<InterestRow> {
  const { interest } = check(newInterest, input);
  return once(db, viewer, "addInterest", input, async (work) => {
    await lockProfile(work, viewer.id);
    const [old] = await work.tx
      .select()
      .from(interests)
      .where(and(eq(interests.userId, viewer.id), eq(interests.interest, interest)));
    if (old) return old;
    await makeRoom(work, viewer.id, interests, bounds.interests, "interest");
    const [row] = await work.tx.insert(interests).values({ interest, userId: viewer.id }).returning();
    if (!row) throw new Error("The interest was not written");
    return row;
  });
}

export const removeInterest = (viewer: SignedIn, db: Database, input: { id: string }): Promise<string> =>
  removeOwn(viewer, db, { table: interests, type: "LearnerInterest", entityType: "interest", what: "interest" }, input);
