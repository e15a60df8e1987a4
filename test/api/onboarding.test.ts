import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  auditLogs, goals, interests, profiles, skillAliases, skillProficiencies, userContacts, userPreferences, users,
} from "../../src/db/tables/index.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";
import { aSkill, aUser } from "../support/builders.js";
import { failures, mutate } from "../support/mutate.js";

let app: TestApp;
let python: Awaited<ReturnType<typeof aSkill>>;
let welding: Awaited<ReturnType<typeof aSkill>>;

beforeAll(async () => {
  app = await startTestApp();
  python = await aSkill(app.db, { name: "Python Programming" });
  welding = await aSkill(app.db, { name: "Welding" });
  await app.db.insert(skillAliases).values([
    { alias: "Python", skillId: python.id },
    { alias: "Arc welding", skillId: welding.id },
  ]);
});
afterAll(() => app.close());

const answers = {
  fullName: "Meera  Joshi",
  contact: "98765 43210",
  education: "CLASS_12",
  fieldOfStudy: "Science",
  proficiencies: [
    { skillName: "python", level: 3 },
    { skillName: "Python Programming", level: 2 },
    { skillName: "Lathe work", level: 4 },
  ],
  skills: ["PYTHON", "arc WELDING", "Kite making"],
  interests: ["Robotics", "robotics", "Music"],
  learningGoals: [
    { goalType: "CAREER", value: "Become a welder" },
    { goalType: "CERTIFICATION", value: "An NSQF certificate" },
  ],
  targetRoles: "Welder, fitter",
  targetIndustries: ["Manufacturing", "Railways"],
  learningTypes: ["Videos", "Workshops"],
  learningStyle: "KINESTHETIC",
  collaborativeLearning: true,
  timeCommitment: 7.5,
  timeline: 18,
  motivations: ["A better job"],
  hasResources: false,
  reminders: false,
  gamification: false,
  comfortableSubjects: ["Physics", "Drawing"],
};

const fieldNames = `fullName contact education fieldOfStudy proficiencies { skillName level } skills interests
  learningGoals { goalType value } targetRoles targetIndustries learningTypes learningStyle collaborativeLearning
  timeCommitment timeline motivations hasResources reminders gamification comfortableSubjects`;

interface Completed {
  profile: { onboardingCompletedAt: string; onboardingDraft: null } | null;
  preferences: { learningStyle: string } | null;
  unmatchedSkills: string[];
}

const complete = (input: object, as: Session) =>
  mutate<Completed>(
    app,
    "completeOnboarding",
    input,
    "profile { onboardingCompletedAt onboardingDraft { fullName } } preferences { learningStyle } unmatchedSkills",
    as,
    "OnboardingInput",
  );

const saveDraft = (input: object, as: Session) =>
  mutate<{ profile: { onboardingDraft: object | null } | null }>(
    app, "saveOnboardingDraft", input, `profile { onboardingDraft { ${fieldNames} } }`, as, "OnboardingInput",
  );

/** Everything that onboarding writes for a user. */
async function written({ userId }: Session) {
  const { db } = app;
  const [user] = await db.select().from(users).where(eq(users.id, userId));
  const [profile] = await db.select().from(profiles).where(eq(profiles.userId, userId));
  const [preferences] = await db.select().from(userPreferences).where(eq(userPreferences.userId, userId));
  const contacts = await db.select().from(userContacts).where(eq(userContacts.userId, userId)).orderBy(asc(userContacts.value));
  const skills = await db
    .select()
    .from(skillProficiencies)
    .where(eq(skillProficiencies.userId, userId))
    .orderBy(asc(skillProficiencies.skillName));
  const liked = await db.select().from(interests).where(eq(interests.userId, userId)).orderBy(asc(interests.interest));
  const wanted = await db.select().from(goals).where(eq(goals.userId, userId)).orderBy(asc(goals.value));
  return { user, profile, preferences, contacts, skills, interests: liked, goals: wanted };
}

describe("completing onboarding", () => {
  test("writes all twenty answers where they belong", async () => {
    const learner = await app.signedIn();
    const payload = await complete(answers, learner);
    expect(payload).toEqual({
      profile: { onboardingCompletedAt: expect.any(String), onboardingDraft: null },
      preferences: { learningStyle: "KINESTHETIC" },
      unmatchedSkills: ["Lathe work", "Kite making"],
      errors: [],
    });
    const rows = await written(learner);
    expect(rows.user).toMatchObject({ fullName: "Meera Joshi" });
    expect(rows.contacts).toMatchObject([{ kind: "phone", value: "+919876543210", isPrimary: true, verifiedAt: null }]);
    expect(rows.profile).toMatchObject({
      educationLevel: "class_12",
      fieldOfStudy: "Science",
      targetRoles: "Welder, fitter",
      targetIndustries: ["Manufacturing", "Railways"],
      motivations: ["A better job"],
      hasResources: false,
      comfortableSubjects: ["Physics", "Drawing"],
      onboardingDraft: null,
    });
    expect(rows.preferences).toMatchObject({
      learningStyle: "kinesthetic",
      collaborativeLearning: true,
      timeCommitmentHoursWeek: "7.50",
      timelineMonths: 18,
      reminderEnabled: false,
      gamificationEnabled: false,
    });
    const onboarding = { source: "onboarding" };
    expect(rows.skills).toMatchObject([
      { skillName: "Kite making", skillId: null, proficiencyLevel: null, ...onboarding },
      { skillName: "Lathe work", skillId: null, proficiencyLevel: 4, ...onboarding },
      { skillName: "Python Programming", skillId: python.id, proficiencyLevel: 3, ...onboarding },
      { skillName: "Welding", skillId: welding.id, proficiencyLevel: null, ...onboarding },
    ]);
    expect(rows.interests.map(({ interest }) => interest)).toEqual(["Music", "Robotics"]);
    expect(rows.goals).toMatchObject([
      { value: "An NSQF certificate", goalType: "certification", priority: 1 },
      { value: "Become a welder", goalType: "career", priority: 1 },
      { value: "Videos", goalType: "learning", priority: 2 },
      { value: "Workshops", goalType: "learning", priority: 2 },
    ]);
  });

  test("changes the account's e-mail the first time when the contact is one, with a line in the audit log", async () => {
    const learner = await app.signedIn();
    const contact = `new.${learner.userId}@disha.example`;
    await complete({ ...answers, contact }, learner);
    const rows = await written(learner);
    expect(rows.user?.email).toBe(contact);
    expect(rows.contacts).toEqual([]);
    const audited = await app.db.select().from(auditLogs).where(eq(auditLogs.entityId, learner.userId));
    expect(audited).toMatchObject([{ action: "learner.complete_onboarding", newValues: { email: contact } }]);
    expect((await complete({ ...answers, contact: contact.toUpperCase() }, learner)).errors).toEqual([]);
    const later = await complete({ ...answers, contact: `later.${contact}` }, learner);
    expect(failures(later)).toEqual(["CONFLICT at input.contact"]);
    expect((await written(learner)).user?.email).toBe(contact);
  });

  test("adds nothing twice when it is repeated and keeps the first completion", async () => {
    const learner = await app.signedIn();
    const first = await complete(answers, learner);
    const before = await written(learner);
    const second = await complete({ ...answers, skills: ["Kite Making"], proficiencies: [{ skillName: "Welding", level: 5 }] }, learner);
    expect(second.profile?.onboardingCompletedAt).toBe(first.profile?.onboardingCompletedAt);
    const after = await written(learner);
    const ids = ({ skills, goals, interests, contacts }: typeof after) => [skills, goals, interests, contacts].flat().map(({ id }) => id);
    expect(ids(after)).toEqual(ids(before));
    expect(after.skills.map(({ proficiencyLevel }) => proficiencyLevel)).toEqual([null, 4, 3, 5]);
  });

  test("leaves what is unanswered as it was, and evidence of skills too", async () => {
    const learner = await app.signedIn();
    await app.db.insert(profiles).values({ userId: learner.userId, fieldOfStudy: "Arts", motivations: ["Pride"] });
    await app.db.insert(skillProficiencies).values({
      userId: learner.userId, skillName: "Welding", skillId: welding.id, proficiencyLevel: 2, source: "assessment",
    });
    const required = { fullName: "Ravi", contact: "+44 20 7946 0958", education: "DEGREE" };
    await complete({ ...required, fieldOfStudy: null, proficiencies: [{ skillName: "Arc welding", level: 5 }] }, learner);
    const rows = await written(learner);
    expect(rows.profile).toMatchObject({ fieldOfStudy: "Arts", motivations: ["Pride"], educationLevel: "degree" });
    expect(rows.preferences).toMatchObject({ learningStyle: null, reminderEnabled: true, gamificationEnabled: true });
    expect(rows.skills).toMatchObject([{ skillName: "Welding", proficiencyLevel: 2, source: "assessment" }]);
    expect(rows.contacts).toMatchObject([{ value: "+442079460958" }]);
  });

  test("moves the primary mark to the latest phone", async () => {
    const learner = await app.signedIn();
    await complete(answers, learner);
    await complete({ ...answers, contact: "0 91234-56789" }, learner);
    expect((await written(learner)).contacts).toMatchObject([
      { value: "+919123456789", isPrimary: true },
      { value: "+919876543210", isPrimary: false },
    ]);
  });

  test("reports all failures of the answers together and writes nothing", async () => {
    const learner = await app.signedIn();
    const payload = await complete(
      {
        fullName: " ",
        contact: "12345",
        proficiencies: [{ skillName: "Welding", level: 6 }, { skillName: "", level: 1 }],
        timeCommitment: 200,
        timeline: 0,
        motivations: Array.from({ length: 51 }, (_, at) => `Reason ${at}`),
      },
      learner,
    );
    expect(failures(payload).toSorted()).toEqual([
      "INVALID_FORMAT at input.contact",
      "OUT_OF_RANGE at input.proficiencies.0.level",
      "OUT_OF_RANGE at input.timeCommitment",
      "OUT_OF_RANGE at input.timeline",
      "REQUIRED at input.education",
      "TOO_LONG at input.motivations",
      "TOO_SHORT at input.fullName",
      "TOO_SHORT at input.proficiencies.1.skillName",
    ]);
    expect(payload).toMatchObject({ profile: null, preferences: null, unmatchedSkills: [] });
    expect(await written(learner)).toMatchObject({ profile: undefined, preferences: undefined, skills: [], goals: [] });
  });

  test("leaves nothing half-written when another account has the e-mail address", async () => {
    const { user } = await aUser(app.db);
    const learner = await app.signedIn();
    const before = await written(learner);
    const payload = await complete({ ...answers, contact: user.email?.toUpperCase() }, learner);
    expect(failures(payload)).toEqual(["TAKEN at input.contact"]);
    const both = await complete({ ...answers, contact: user.email, timeline: 0 }, learner);
    expect(failures(both)).toEqual(["OUT_OF_RANGE at input.timeline", "TAKEN at input.contact"]);
    expect(await written(learner)).toEqual(before);
  });

  test("leaves nothing half-written when the last list has no room", async () => {
    const learner = await app.signedIn();
    await app.db
      .insert(goals)
      .values(Array.from({ length: 98 }, (_, at) => ({ userId: learner.userId, goalType: "learning" as const, value: `Goal ${at}` })));
    const before = await written(learner);
    expect(failures(await complete(answers, learner))).toEqual(["CONFLICT at input.learningGoals"]);
    expect(await written(learner)).toEqual(before);
  });

  test("needs somebody signed in", async () => {
    const { data, errors } = await app.query(
      `mutation ($input: OnboardingInput!) { completeOnboarding(input: $input) { errors { code } } }`,
      { input: answers },
    );
    expect(data).toEqual({ completeOnboarding: null });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["UNAUTHENTICATED"]);
  });
});

describe("an onboarding draft", () => {
  test("is kept field by field, shown to resume the form, and used and ended by completing", async () => {
    const learner = await app.signedIn();
    const { contact: _contact, ...first } = answers;
    await saveDraft(first, learner);
    const saved = await saveDraft({ targetRoles: "Electrician", motivations: null }, learner);
    expect(saved.profile?.onboardingDraft).toEqual({
      ...first,
      fullName: "Meera Joshi",
      interests: ["Robotics", "Music"],
      contact: null,
      targetRoles: "Electrician",
      motivations: null,
    });
    const shown = await app.query<{ viewer: { profile: object } }>(
      `{ viewer { profile { onboardingDraft { ${fieldNames} } } } }`, {}, learner,
    );
    expect(shown.data.viewer.profile).toEqual(saved.profile);
    expect((await written(learner)).skills).toEqual([]);

    expect(failures(await complete({ fieldOfStudy: "Commerce" }, learner))).toEqual(["REQUIRED at input.contact"]);
    const payload = await complete({ contact: "9876501234", fieldOfStudy: "Commerce" }, learner);
    expect(payload.errors).toEqual([]);
    const rows = await written(learner);
    expect(rows.profile).toMatchObject({ fieldOfStudy: "Commerce", targetRoles: "Electrician", motivations: [], onboardingDraft: null });
    expect(rows.skills).toHaveLength(4);
    expect(rows.goals).toHaveLength(4);
  });

  test("is refused with all its failures, and the earlier draft stays", async () => {
    const learner = await app.signedIn();
    await saveDraft({ fullName: "Ravi" }, learner);
    const payload = await saveDraft({ contact: "nobody@", timeline: 601 }, learner);
    expect(failures(payload)).toEqual(["INVALID_FORMAT at input.contact", "OUT_OF_RANGE at input.timeline"]);
    expect((await written(learner)).profile?.onboardingDraft).toEqual({ fullName: "Ravi" });
  });

  test("is gone when its last answer is taken out", async () => {
    const learner = await app.signedIn();
    await saveDraft({ fullName: "Ravi" }, learner);
    expect((await saveDraft({ fullName: null }, learner)).profile).toEqual({ onboardingDraft: null });
  });
});
