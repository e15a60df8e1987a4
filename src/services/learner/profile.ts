import { eq } from "drizzle-orm";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import type { Database } from "../../db/client.js";
import { profiles } from "../../db/tables/index.js";
import { inTransaction } from "../../db/unit-of-work.js";
import { educationLevels, genders } from "../../db/value-sets.js";
import { check, clearable, line } from "../input.js";
import { changed, lockProfile, type ProfileRow } from "./rows.js";
import { decimal, pastDay, texts } from "./rules.js";

const birthday = pastDay.refine((day) => day > "1900-01-01", {
  message: "This must lie after 1900-01-01.",
  params: { code: "OUT_OF_RANGE" },
});

/** A list that null empties. */
const list = clearable(texts(200)).transform((items) => (items === null ? [] : items));

const profileRules = z.object({
  headline: clearable(line(500)),
  gender: clearable(z.enum(genders)),
  dateOfBirth: clearable(birthday),
  nationality: clearable(line(100)),
  addressLine1: clearable(line(255)),
  addressLine2: clearable(line(255)),
  city: clearable(line(100)),
  state: clearable(line(100)),
  country: clearable(line(100)),
  region: clearable(line(100)),
  location: clearable(line(255)),
  educationLevel: clearable(z.enum(educationLevels)),
  fieldOfStudy: clearable(line(255)),
  experienceYears: clearable(decimal(0, 80)).transform((years) => (years === null ? "0" : years)),
  targetRoles: clearable(line(1000)),
  targetIndustries: list,
  hasResources: clearable(z.boolean()),
  motivations: list,
  comfortableSubjects: list,
});

/** Changes what the viewer tells about themselves; the profile is made when there was none. */
export async function updateProfile(
  viewer: SignedIn,
  db: Database,
  input: z.input<typeof profileRules>,
): Promise<ProfileRow> {
  const changes = check(profileRules, input);
  return inTransaction(db, viewer, async (work) => {
    const profile = await lockProfile(work, viewer.id);
    const [row] = await work.tx.update(profiles).set(changed(changes)).where(eq(profiles.id, profile.id)).returning();
    return row ?? profile;
  });
}
