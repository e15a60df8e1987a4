import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import type { Database } from "../../db/client.js";
import { userPreferences } from "../../db/tables/index.js";
import { inTransaction } from "../../db/unit-of-work.js";
import { contentFormats, dayParts, learningStyles, themeModes } from "../../db/value-sets.js";
import { audit } from "../audit.js";
import { check, clearable } from "../input.js";
import { lockAccount } from "./accounts.js";
import { language } from "./rules.js";

type PreferencesRow = typeof userPreferences.$inferSelect;

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
  timeCommitmentHoursWeek: clearable(
    z.number().min(0, "A week has 0 to 168 hours.").max(168, "A week has 0 to 168 hours.").transform((hours) => hours.toFixed(2)),
  ),
  timelineMonths: clearable(z.int().min(1, "At least one month.").max(600, "At most 600 months.")),
  gamificationEnabled: z.boolean().optional(),
  reminderEnabled: z.boolean().optional(),
  preferredLanguages: z.array(language).max(20, "At most 20 languages.").transform(distinct).optional(),
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
    const { tx } = work;
    await lockAccount(tx, viewer);
    await tx.insert(userPreferences).values({ userId: viewer.id }).onConflictDoNothing();
    const mine = eq(userPreferences.userId, viewer.id);
    const [before] = await tx.select().from(userPreferences).where(mine);
    const changesConsent = values.privacyConsent !== undefined && values.privacyConsent !== before?.privacyConsent;
    const consentAt = changesConsent ? { privacyConsentAt: values.privacyConsent ? sql`now()` : null } : {};
    const [after] = await tx.update(userPreferences).set({ ...values, ...consentAt }).where(mine).returning();
    if (!before || !after) throw new Error("The preferences went away inside a transaction.");
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
