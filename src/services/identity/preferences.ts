import { eq, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import type { Database } from "../../db/client.js";
import { userPreferences } from "../../db/tables/index.js";
import { inTransaction, type Work } from "../../db/unit-of-work.js";
import { contentFormats, dayParts, learningStyles, themeModes } from "../../db/value-sets.js";
import { audit } from "../audit.js";
import { check, clearable, whole } from "../input.js";
import { lockAccount } from "./accounts.js";
import { hoursAWeek, language } from "./rules.js";

export type PreferencesRow = typeof userPreferences.$inferSelect;

const maxSettingsLength = 16_000;

/** A JSON object of clients: kept as it is, but not without bounds. */
const settings = z
  .record(z.string(), z.unknown())
  .refine((value) => JSON.stringify(value).length <= maxSettingsLength, {
    params: { code: "TOO_LONG" },
    message: `Settings may take at most ${maxSettingsLength} characters as JSON.`,
  });

const distinct = <Item>(items: Item[]): Item[] => [...new Set(items)];

const rules = z.object({
  learningStyle: clearable(z.enum(learningStyles)),
  collaborativeLearning: clearable(z.boolean()),
  timeCommitmentHoursWeek: clearable(hoursAWeek.transform((hours) => hours.toFixed(2))),
  timelineMonths: clearable(whole(1, 600)),
  gamificationEnabled: z.boolean().optional(),
  reminderEnabled: z.boolean().optional(),
  preferredLanguages: z.array(language).max(20).transform(distinct).optional(),
  accessibilityNeeds: settings.optional(),
  preferredContentFormat: clearable(z.enum(contentFormats)),
  contentFormats: z.array(z.enum(contentFormats)).transform(distinct).optional(),
  preferredLearningTime: clearable(z.enum(dayParts)),
  themeMode: z.enum(themeModes).optional(),
  aiPersonalizationOptIn: z.boolean().optional(),
  privacyConsent: z.boolean().optional(),
  extra: settings.optional(),
});

/**
 * Changes the viewer's settings; what is absent stays. Consent to the privacy notice keeps the time of
 * its first yes, and every change of it is audited.
 */
export async function updatePreferences(viewer: SignedIn, db: Database, input: object): Promise<PreferencesRow> {
  const values = check(rules, input);
  return inTransaction(db, viewer, async (work) => {
    await lockAccount(work.tx, viewer);
    const [stored] = await work.tx.select().from(userPreferences).where(eq(userPreferences.userId, viewer.id));
    const before = stored ?? { privacyConsent: false, privacyConsentAt: null };
    const changesConsent = values.privacyConsent !== undefined && values.privacyConsent !== before.privacyConsent;
    const consentAt = changesConsent ? { privacyConsentAt: values.privacyConsent ? sql`now()` : null } : {};
    const after = await writePreferences(work, viewer.id, { ...values, ...consentAt });
    if (changesConsent) {
      await audit(work, {
        action: "identity.update_privacy_consent",
        entityType: "user_preferences",
        entityId: after.id,
        subjectUserId: viewer.id,
        oldValues: { privacyConsent: before.privacyConsent, privacyConsentAt: before.privacyConsentAt },
        newValues: { privacyConsent: after.privacyConsent, privacyConsentAt: after.privacyConsentAt },
      });
    }
    return after;
  });
}

/** Writes the given settings of a user, making the row when there is none. */
export async function writePreferences(
  { tx }: Work,
  userId: string,
  values: PgUpdateSetSource<typeof userPreferences>,
): Promise<PreferencesRow> {
  await tx.insert(userPreferences).values({ userId }).onConflictDoNothing();
  const [row] = await tx
    .update(userPreferences)
    .set({ ...values, updatedAt: sql`now()` })
    .where(eq(userPreferences.userId, userId))
    .returning();
  if (!row) throw new Error("The preferences went away inside a transaction.");
  return row;
}
