import { and, eq, ne, sql } from "drizzle-orm";
import type { SignedIn } from "../../auth/viewer.js";
import type { Database } from "../../db/client.js";
import { profiles, userContacts, users } from "../../db/tables/index.js";
import { inTransaction, type Work } from "../../db/unit-of-work.js";
import { violatedKey } from "../../db/violations.js";
import { reject } from "../../graphql/errors.js";
import { audit } from "../audit.js";
import { check } from "../input.js";
import { addGoals, addInterests, declareSkills } from "./onboarding-lists.js";
import { completeRules, draftRules, type CheckedAnswers, type OnboardingAnswers } from "./onboarding-rules.js";
import { given, lockProfile, writePreferences, type PreferencesRow, type ProfileRow } from "./rows.js";

/** The key that keeps one living account to an e-mail address. */
const emailKey = "uidx_users_email";

/** Adds answers to the viewer's draft, field by field; null takes one out again. */
export async function saveOnboardingDraft(viewer: SignedIn, db: Database, input: OnboardingAnswers): Promise<ProfileRow> {
  const answers = check(draftRules, input);
  return inTransaction(db, viewer, async (work) => {
    const profile = await lockProfile(work, viewer.id);
    const kept = Object.entries({ ...draftOf(profile), ...given(answers) }).filter(([, answer]) => answer !== null);
    const [row] = await work.tx
      .update(profiles)
      .set({ onboardingDraft: kept.length > 0 ? Object.fromEntries(kept) : null })
      .where(eq(profiles.id, profile.id))
      .returning();
    return row ?? profile;
  });
}

/** Where onboarding ends. */
export interface Onboarded {
  profile: ProfileRow;
  preferences: PreferencesRow;
  /** Skills that the catalogue does not know, as they were written. */
  unmatchedSkills: string[];
}

/**
 * Writes the answers, with those of the draft where a field is absent, to the account, the contacts,
 * the profile, the preferences, the skills, the interests and the goals: all or nothing. Unanswered
 * fields change nothing. Repeating it adds nothing twice and keeps the time of the first completion.
 * @throws {Rejection} TAKEN at `contact` when another account has the e-mail address.
 */
export async function completeOnboarding(viewer: SignedIn, db: Database, input: OnboardingAnswers): Promise<Onboarded> {
  return inTransaction(db, viewer, async (work) => {
    const draft = draftOf(await lockProfile(work, viewer.id));
    const answers = check(completeRules, { ...draft, ...given(input) });
    await writeAccount(work, viewer.id, answers);
    const unmatchedSkills = await declareSkills(work, viewer.id, answers);
    await addInterests(work, viewer.id, answers.interests ?? []);
    await addGoals(work, viewer.id, answers);
    const preferences = await writePreferences(work, viewer.id, preferencesIn(answers));
    const [profile] = await work.tx
      .update(profiles)
      .set({
        ...profileIn(answers),
        onboardingDraft: null,
        onboardingCompletedAt: sql`coalesce(${profiles.onboardingCompletedAt}, now())`,
      })
      .where(eq(profiles.userId, viewer.id))
      .returning();
    if (!profile) throw new Error(`The profile of the user ${viewer.id} is gone`);
    return { profile, preferences, unmatchedSkills };
  });
}

/** The draft was checked when it was saved; it is checked again when it is used. */
const draftOf = ({ onboardingDraft }: ProfileRow): OnboardingAnswers => (onboardingDraft ?? {}) as OnboardingAnswers;

const profileIn = (answers: CheckedAnswers) => ({
  educationLevel: answers.education ?? undefined,
  fieldOfStudy: answers.fieldOfStudy ?? undefined,
  targetRoles: answers.targetRoles ?? undefined,
  targetIndustries: answers.targetIndustries ?? undefined,
  motivations: answers.motivations ?? undefined,
  hasResources: answers.hasResources ?? undefined,
  comfortableSubjects: answers.comfortableSubjects ?? undefined,
});

const preferencesIn = (answers: CheckedAnswers) => ({
  learningStyle: answers.learningStyle ?? undefined,
  collaborativeLearning: answers.collaborativeLearning ?? undefined,
  timeCommitmentHoursWeek: answers.timeCommitment == null ? undefined : String(answers.timeCommitment),
  timelineMonths: answers.timeline ?? undefined,
  reminderEnabled: answers.reminders ?? undefined,
  gamificationEnabled: answers.gamification ?? undefined,
});

/** Name and e-mail address of the account, or its primary phone number. */
async function writeAccount(work: Work, userId: string, { fullName, contact }: CheckedAnswers): Promise<void> {
  const { tx } = work;
  const email = contact?.includes("@") ? contact : undefined;
  if (email !== undefined) await changeEmail(work, userId, email);
  if (fullName != null) await tx.update(users).set({ fullName }).where(eq(users.id, userId));
  if (contact == null || email !== undefined) return;
  const phones = and(eq(userContacts.userId, userId), eq(userContacts.kind, "phone"));
  await tx.update(userContacts).set({ isPrimary: false }).where(and(phones, userContacts.isPrimary, ne(userContacts.value, contact)));
  await tx
    .insert(userContacts)
    .values({ userId, kind: "phone", value: contact, isPrimary: true })
    .onConflictDoUpdate({
      target: [userContacts.userId, userContacts.kind, userContacts.value],
      set: { isPrimary: true },
    });
}

async function changeEmail(work: Work, userId: string, email: string): Promise<void> {
  const { tx } = work;
  const [old] = await tx.select({ email: users.email }).from(users).where(eq(users.id, userId));
  if (old?.email?.toLowerCase() === email.toLowerCase()) return;
  try {
    await tx.update(users).set({ email }).where(eq(users.id, userId));
  } catch (error) {
    if (violatedKey(error) !== emailKey) throw error;
    throw reject("TAKEN", "contact", "Another account uses this e-mail address.");
  }
  await audit(work, {
    action: "user.email_changed",
    entityType: "user",
    entityId: userId,
    subjectUserId: userId,
    oldValues: { email: old?.email ?? null },
    newValues: { email },
  });
}
