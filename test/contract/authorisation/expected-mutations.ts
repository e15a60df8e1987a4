import type { Person } from "./expected-rows.js";

/** One attempt on somebody else's row: the field of the input that names it, the row, and who tries. */
type Attempt = readonly [field: string, label: string, tries?: readonly Person[]];

export interface MutationCase {
  /** An input that is otherwise right; `id` gives the global id of a row that everyone may name. */
  input: (id: (label: string) => string) => object;
  /** Ids of rows that are not everybody's. Nobody but their owner, or an admin, may do this to them. */
  foreign?: readonly Attempt[];
  /** Fields with ids of the open catalogue. */
  open?: readonly string[];
  /** The only people who may call it: admins, or teachers and admins. */
  only?: "admin" | "staff";
  /** Called before anybody is signed in. */
  anonymous?: true;
}

/** Everyone who may not see the draft course, those signed in. */
const outsiders: readonly Person[] = ["asha", "bina", "tilak"];
const own = (input: object = {}): MutationCase => ({ input: () => input });
const onOwn = (label: string, input: object = {}, field = "id"): MutationCase => ({ input: () => input, foreign: [[field, label]] });

/** For admins, on rows that everyone may name: the fields with their labels, and what else the input has. */
const onOpen = (named: Readonly<Record<string, string>>, input: object = {}): MutationCase => ({
  input: (id) => ({ ...Object.fromEntries(Object.entries(named).map(([field, label]) => [field, id(label)])), ...input }),
  open: Object.keys(named),
  only: "admin",
});
/** A row as it was before its last change. */
const stale = { expectedUpdatedAt: "2020-01-01T00:00:00Z" };
/** On a course of Tara's, or a part of it; what else is wrong with the input shows only to those who may change it. */
const onTaras = (label: string, input: object = {}, field = "id"): MutationCase => ({
  input: () => ({ ...(field === "id" && { expectedUpdatedAt: "2026-01-01T00:00:00Z" }), ...input }),
  foreign: [[field, label, ["bina", "tilak"]]],
  only: "staff",
});

export const expectedMutations: Readonly<Record<string, MutationCase>> = {
  signIn: { ...own({ login: "nobody", password: "not a password" }), anonymous: true },
  signUp: { ...own({ email: "x", fullName: "", username: "", password: "" }), anonymous: true },
  refreshSession: { ...own({ refreshToken: "none" }), anonymous: true },
  signOut: onOwn("AuthSession: asha", {}, "sessionId"),
  signOutEverywhere: own(),
  changePassword: own({ currentPassword: "old", newPassword: "new" }),
  updateUser: own({ fullName: "Another Name" }),
  deleteAccount: own(),
  updatePreferences: own({ themeMode: "DARK" }),
  addContact: own({ kind: "PHONE", value: "+911234567890" }),
  updateContact: onOwn("UserContact: phone", { value: "+911234567890" }),
  removeContact: onOwn("UserContact: phone"),
  updateUserRole: { ...onOwn("User: asha", { role: "ADMIN" }, "userId"), only: "admin" },
  updateUserStatus: { ...onOwn("User: asha", { status: "SUSPENDED" }, "userId"), only: "admin" },

  saveOnboardingDraft: own({ fullName: "Another Name" }),
  completeOnboarding: own({ fullName: "Another Name" }),
  updateProfile: own({ city: "Kochi" }),
  updatePsychographics: own({ learningStyle: "VISUAL" }),
  addCertification: own({ name: "Welder" }),
  updateCertification: onOwn("Certification: asha", { name: "Welder" }),
  removeCertification: onOwn("Certification: asha"),
  verifyCertification: { ...onOwn("Certification: asha", { status: "VERIFIED" }), only: "admin" },
  addEducationRecord: own({ institution: "School" }),
  updateEducationRecord: onOwn("EducationRecord: now", { institution: "School" }),
  removeEducationRecord: onOwn("EducationRecord: now"),
  addGoal: { ...own({ goalType: "CAREER", value: "A job" }), open: ["desiredJobRoleId", "targetSkillIds"] },
  updateGoal: { ...onOwn("LearnerGoal: asha", { value: "A job" }), open: ["desiredJobRoleId", "targetSkillIds"] },
  removeGoal: onOwn("LearnerGoal: asha"),
  addInterest: own({ interest: "Music" }),
  removeInterest: onOwn("LearnerInterest: asha"),
  addSkill: own({ skillName: "Music" }),
  updateSkill: onOwn("SkillProficiency: asha", { proficiencyLevel: 1 }),
  removeSkill: onOwn("SkillProficiency: asha"),

  enrollInCourse: {
    input: (id) => ({ courseId: id("Course: open") }),
    foreign: [
      ["courseId", "Course: draft", outsiders],
      ["courseId", "Course: archived", ["bina", "tilak"]],
      ["learnerCareerPathId", "LearnerCareerPath: asha"],
    ],
  },
  dropEnrollment: onOwn("Enrollment: asha in open", {}, "enrollmentId"),
  completeEnrollment: onOwn("Enrollment: asha in open", {}, "enrollmentId"),
  upgradeEnrollment: onOwn("Enrollment: asha in open"),
  recordTopicProgress: {
    input: () => ({ status: "COMPLETED" }),
    foreign: [
      ["topicId", "Topic: open"],
      ["topicId", "Topic: draft", outsiders],
      ["topicId", "Topic: archived", ["bina", "tilak"]],
      ["topicId", "Topic: removed", ["asha", "bina", "tara", "admin"]],
    ],
  },
  startCareerPath: { input: (id) => ({ careerPathId: id("CareerPath: solar") }), open: ["careerPathId", "jobRoleId"] },
  pauseCareerPath: onOwn("LearnerCareerPath: asha", {}, "learnerCareerPathId"),
  resumeCareerPath: onOwn("LearnerCareerPath: asha", {}, "learnerCareerPathId"),
  completeMilestone: onOwn("MilestoneCompletion: asha", {}, "milestoneCompletionId"),

  createQuiz: {
    input: (id) => ({ title: "Another quiz", courseId: id("Course: open") }),
    foreign: [["courseId", "Course: open", ["bina", "tilak"]], ["courseId", "Course: draft", ["tilak"]], ["moduleId", "Module: archived", ["tilak"]]],
    only: "staff",
  },
  updateQuiz: {
    input: () => ({ expectedUpdatedAt: "2026-01-01T00:00:00Z", title: "Another title" }),
    foreign: [["id", "Quiz: open", ["bina", "tilak"]], ["id", "Quiz: draft", ["tilak"]], ["id", "Quiz: practice", ["tara", "tilak"]]],
    only: "staff",
  },
  archiveQuiz: {
    input: () => ({ expectedUpdatedAt: "2026-01-01T00:00:00Z" }),
    foreign: [["id", "Quiz: open", ["bina", "tilak"]], ["id", "Quiz: draft", ["tilak"]], ["id", "Quiz: practice", ["tara"]]],
    only: "staff",
  },
  restoreQuiz: {
    input: () => ({ expectedUpdatedAt: "2026-01-01T00:00:00Z" }),
    foreign: [["id", "Quiz: open", ["bina", "tilak"]], ["id", "Quiz: draft", ["tilak"]], ["id", "Quiz: practice", ["tara"]]],
    only: "staff",
  },
  setQuizQuestions: {
    input: () => ({ expectedUpdatedAt: "2026-01-01T00:00:00Z", questions: [] }),
    foreign: [["quizId", "Quiz: open", ["bina", "tilak"]], ["quizId", "Quiz: draft", ["tilak"]], ["quizId", "Quiz: practice", ["tara"]]],
    open: ["id", "skillId"],
    only: "staff",
  },
  startQuizAttempt: {
    input: () => ({}),
    foreign: [
      ["quizId", "Quiz: open"],
      ["quizId", "Quiz: draft"],
      ["quizId", "Quiz: archived"],
      ["quizId", "Quiz: closed", ["asha", "bina", "tara", "tilak"]],
      ["quizId", "Quiz: other", ["asha", "tara", "tilak"]],
    ],
  },
  saveQuizAnswers: { ...onOwn("QuizAttempt: asha practice", { answers: [] }, "attemptId"), open: ["questionId"] },
  submitQuizAttempt: { ...onOwn("QuizAttempt: asha practice", {}, "attemptId"), open: ["questionId"] },

  recordActivity: own({ kind: "LEARNING_SESSION", clientEventId: "0190b8a0-0000-7000-8000-000000000001", occurredAt: "2026-01-01T00:00:00Z" }),
  buyStreakFreeze: own(),
  repairStreak: own(),
  updateStreakSettings: own({ autoFreeze: false }),

  uploadStage: { ...own({ name: "lesson.pdf", size: 10, sha256: "0".repeat(64) }), only: "staff" },
  uploadComplete: { input: () => ({}), foreign: [["id", "SourceFile: staged", ["tilak", "admin"]]], only: "staff" },
  deleteSourceFile: {
    input: () => ({}),
    foreign: [["id", "SourceFile: staged", ["tilak", "admin"]], ["id", "SourceFile: of open", ["tara", "admin"]], ["id", "SourceFile: deleted", ["tara"]]],
    only: "staff",
  },

  createProvider: { ...own({ name: "Sun School" }), only: "admin" },
  updateProvider: onOpen({ id: "Provider: house" }, { ...stale, name: "Sun School" }),
  createSkill: { ...own({ name: "Soldering" }), only: "admin" },
  updateCatalogSkill: onOpen({ id: "Skill: wiring" }, { ...stale, name: "Soldering" }),
  addSkillAlias: onOpen({ skillId: "Skill: wiring" }, { alias: "Soldering" }),
  removeSkillAlias: onOpen({ skillId: "Skill: wiring" }, { alias: "Cabling" }),
  updateNsqfLevel: onOpen({ id: "NsqfLevel: 4.5" }, { ...stale, description: "Higher" }),
  createJobRole: { ...own({ title: "Fitter" }), only: "admin" },
  updateJobRole: onOpen({ id: "JobRole: installer" }, { ...stale, title: "Fitter" }),
  setJobRoleSkills: { ...onOpen({ jobRoleId: "JobRole: installer" }, { ...stale, skills: [] }), open: ["jobRoleId", "skillId"] },
  createCareerPath: onOpen({ jobRoleId: "JobRole: installer" }, { title: "To the roofs" }),
  updateCareerPath: { ...onOpen({ id: "CareerPath: solar" }, { ...stale, title: "To the roofs" }), open: ["id", "jobRoleId"] },
  createMilestone: {
    ...onOpen({ careerPathId: "CareerPath: solar" }, { title: "Look around", type: "ONBOARDING" }),
    foreign: [["courseId", "Course: draft", outsiders]],
    open: ["careerPathId", "providerId"],
  },
  updateMilestone: {
    ...onOpen({ id: "PathMilestone: course" }, { ...stale, title: "Look around" }),
    foreign: [["courseId", "Course: draft", outsiders]],
    open: ["id", "providerId"],
  },
  removeMilestone: onOpen({ id: "PathMilestone: course" }, stale),
  reorderMilestones: { ...onOpen({ careerPathId: "CareerPath: solar" }, { ...stale, milestoneIds: [] }), open: ["careerPathId", "milestoneIds"] },
  setMilestoneSkills: { ...onOpen({ milestoneId: "PathMilestone: course" }, { ...stale, skillIds: [] }), open: ["milestoneId", "skillIds"] },
  createCourse: { ...own({ title: "Welding" }), open: ["providerId"], only: "staff" },
  updateCourse: { ...onTaras("Course: open", { title: "Welding" }), open: ["providerId"] },
  setCourseSkills: { ...onTaras("Course: draft", { skills: [] }), open: ["skillId"] },
  setCoursePrerequisites: { ...onTaras("Course: draft", { prerequisiteIds: [] }), open: ["prerequisiteIds"] },
  publishCourse: onTaras("Course: draft"),
  archiveCourse: onTaras("Course: open"),
  restoreCourse: onTaras("Course: archived"),
  createModule: onTaras("Course: open", { title: "Safety" }, "courseId"),
  updateModule: onTaras("Module: open", { title: "Safety" }),
  archiveModule: onTaras("Module: open"),
  restoreModule: onTaras("Module: removed"),
  reorderModules: { ...onTaras("Course: open", { moduleIds: [] }), open: ["moduleIds"] },
  createTopic: onTaras("Module: open", { title: "Helmets" }, "moduleId"),
  updateTopic: onTaras("Topic: open", { title: "Helmets" }),
  archiveTopic: onTaras("Topic: open"),
  restoreTopic: onTaras("Topic: removed"),
  reorderTopics: { ...onTaras("Module: open", { topicIds: [] }), open: ["topicIds"] },
  // Which modules a topic may go to is tested in api/authoring-outline.test.ts.
  moveTopic: { ...onTaras("Topic: open", { moduleId: "djE6TW9kdWxlOjAxOTBiOGEwLTAwMDAtNzAwMC04MDAwLTAwMDAwMDAwMDAwMA" }), open: ["moduleId"] },

  startRollup: { ...own(), only: "admin" },
  // Who may name which files is tested in api/generation.test.ts: its problems stand at the places of the list.
  generateCourse: { ...own({ fileIds: [] }), open: ["fileIds"], only: "staff" },
  cancelJob: { input: () => ({}), foreign: [["id", "Job: asha"], ["id", "Job: tara", ["asha", "bina", "tilak"]], ["id", "Job: system"]] },
  retryJob: { input: () => ({}), foreign: [["id", "Job: asha"], ["id", "Job: tara", ["asha", "bina", "tilak"]], ["id", "Job: system"]] },
};
