import { and, eq, ne, sql } from "drizzle-orm";
import type { SignedIn } from "../../auth/viewer.js";
import type { Database } from "../../db/client.js";
import { profiles, userContacts, users } from "../../db/tables/index.js";
import { inTransaction, type Work } from "../../db/unit-of-work.js";
import { violatedKey } from "../../db/violations.js";
import { bounds } from "../../graphql/bounds.js";
import { reject, type Problem } from "../../graphql/errors.js";
import { audit } from "../audit.js";
import { lockAccount, takenNames } from "../identity/accounts.js";
import { writePreferences, type PreferencesRow } from "../identity/preferences.js";
import type { UserRow } from "../identity/sessions.js";
import { check, checkWithStored } from "../input.js";
import { addGoals, addInterests, declareSkills } from "./onboarding-lists.js";
import {
  completeRules, draftRules, type CheckedAnswers, type CompleteAnswers, type OnboardingAnswers,
} from "./onboarding-rules.js";
import { given, lockProfile, type ProfileRow } from "./rows.js";

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
 * @throws {Rejection} TAKEN at `contact` when another account has the e-mail address; CONFLICT there
 *   when it would be changed by a later onboarding, or where a list has no room.
 */
export async function completeOnboarding(viewer: SignedIn, db: Database, input: OnboardingAnswers): Promise<Onboarded> {
  return inTransaction(db, viewer, async (work) => {
    const account = await lockAccount(work.tx, viewer);
    const before = await lockProfile(work, viewer.id);
    const answers = await checkWithStored(completeRules, { ...draftOf(before), ...given(input) }, ({ contact }) =>
      contactProblems(work, account, before, contact),
    );
    await writeAccount(work, account, answers);
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

/** Why the account cannot be reached under `contact` from now on; nothing when it can. */
async function contactProblems(
  { tx }: Work,
  account: UserRow,
  profile: ProfileRow,
  contact: string | undefined,
): Promise<readonly Problem[]> {
  if (contact === undefined || isAddressOf(account, contact)) return [];
  if (!contact.includes("@")) {
    const contacts = await tx.select().from(userContacts).where(eq(userContacts.userId, account.id));
    const known = contacts.some(({ kind, value }) => kind === "phone" && value === contact);
    if (known || contacts.length < bounds.contacts) return [];
    return reject("CONFLICT", "contact", `An account has at most ${bounds.contacts} contacts.`).problems;
  }
  // Later the address changes by `updateUser` alone, which asks for the password.
  if (profile.onboardingCompletedAt !== null) {
    return reject("CONFLICT", "contact", "After onboarding the e-mail address changes with updateUser.").problems;
  }
  const taken = await takenNames(tx, { email: contact }, account.id);
  return taken.length > 0 ? addressTaken().problems : [];
}

const addressTaken = () => reject("TAKEN", "contact", "Another account uses this e-mail address.");

const isAddressOf = ({ email }: UserRow, contact: string): boolean => email?.toLowerCase() === contact.toLowerCase();

/** Name and e-mail address of the account, or its primary phone number. */
async function writeAccount(work: Work, account: UserRow, { fullName, contact }: CompleteAnswers): Promise<void> {
  await work.tx.update(users).set({ fullName }).where(eq(users.id, account.id));
  if (!contact.includes("@")) return writePhone(work, account.id, contact);
  if (isAddressOf(account, contact)) return;
  try {
    await work.tx.update(users).set({ email: contact }).where(eq(users.id, account.id));
  } catch (error) {
    if (violatedKey(error) !== emailKey) throw error;
    throw addressTaken();
  }
  await audit(work, {
    action: "learner.complete_onboarding",
    entityType: "user",
    entityId: account.id,
    subjectUserId: account.id,
    oldValues: { email: account.email },
    newValues: { email: contact },
  });
}

async function writePhone({ tx }: Work, userId: string, value: string): Promise<void> {
  const phones = and(eq(userContacts.userId, userId), eq(userContacts.kind, "phone"));
  await tx.update(userContacts).set({ isPrimary: false }).where(and(phones, userContacts.isPrimary, ne(userContacts.value, value)));
  await tx
    .insert(userContacts)
    .values({ userId, kind: "phone", value, isPrimary: true })
    .onConflictDoUpdate({
      target: [userContacts.userId, userContacts.kind, userContacts.value],
      set: { isPrimary: true },
    });
}
