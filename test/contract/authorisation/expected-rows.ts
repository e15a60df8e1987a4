/** Everyone who looks at the world of these tests. */
export const people = ["asha", "bina", "tara", "tilak", "admin", "anonymous"] as const;
export type Person = (typeof people)[number];

/** Who may fetch a row, and how people stand to it. */
export interface Expected {
  sees: readonly Person[];
  /** Whose row it is. */
  owner?: Person;
  /** The teacher who wrote the course. */
  author?: Person;
  /** For whom fields named `my…` hold something. */
  mine?: readonly Person[];
  /** Who may read what is taught: the content of a topic, the outline behind an enrollment. */
  reads?: readonly Person[];
}

const everyone: readonly Person[] = people;
const signedIn: readonly Person[] = ["asha", "bina", "tara", "tilak", "admin"];
const ownedBy = (owner: Person): Expected => ({ sees: [owner, "admin"], owner });
/** Seen by the learner, the course's teacher and admins. */
const taughtBy = (teacher: Person, owner: Person): Expected => ({ sees: [owner, teacher, "admin"], owner, reads: [owner, teacher, "admin"] });
const open: Expected = { sees: everyone };

/**
 * Asha and Bina learn, Tara and Tilak teach. Tara wrote the courses open, draft and archived, Tilak the
 * course other. Asha learns in open, has completed archived and dropped other; Bina learns in other and
 * dropped archived. Gone deleted the account after enrolling in open. Labels are `Type: which`.
 */
export const expectedRows: Readonly<Record<string, Expected>> = {
  "User: asha": { sees: signedIn, owner: "asha" },
  "User: bina": { sees: signedIn, owner: "bina" },
  "User: tara": { sees: signedIn, owner: "tara" },
  "User: tilak": { sees: signedIn, owner: "tilak" },
  "User: admin": { sees: signedIn, owner: "admin" },
  "User: gone": { sees: ["admin"] },

  "Course: open": { sees: everyone, author: "tara", mine: ["asha"] },
  "Course: draft": { sees: ["tara", "admin"], author: "tara" },
  "Course: archived": { sees: ["asha", "tara", "admin"], author: "tara", mine: ["asha"] },
  "Course: other": { sees: everyone, author: "tilak", mine: ["asha", "bina"] },
  "Module: open": { sees: everyone, mine: ["asha"] },
  "Module: draft": { sees: ["tara", "admin"] },
  "Module: archived": { sees: ["asha", "tara", "admin"], mine: ["asha"] },
  "Module: removed": { sees: [] },
  "Topic: open": { sees: everyone, mine: ["asha"], reads: ["asha", "tara", "admin"] },
  "Topic: next": { sees: everyone, reads: ["asha", "tara", "admin"] },
  "Topic: draft": { sees: ["tara", "admin"], reads: ["tara", "admin"] },
  "Topic: archived": { sees: ["asha", "tara", "admin"], mine: ["asha"], reads: ["asha", "tara", "admin"] },
  "Topic: removed": { sees: [] },
  "Topic: of removed": { sees: [] },
  "CourseVersion: open 1": open,
  "CourseVersion: open 2": open,
  "CourseVersion: draft": { sees: ["tara", "admin"] },
  "NsqfLevel: 4.5": open,
  "Provider: house": open,
  "Skill: wiring": { sees: everyone, mine: ["asha"] },
  "JobRole: installer": open,
  "CareerPath: solar": { sees: everyone, mine: ["asha"] },
  "PathMilestone: course": { sees: everyone, mine: ["asha"] },
  "PathMilestone: draft": open,
  "PathMilestone: job": open,
  "Badge: first": open,
  "StreakMilestone: 3": open,

  "AuthSession: asha": ownedBy("asha"),
  "AuthSession: bina": ownedBy("bina"),
  "AuthSession: tara": ownedBy("tara"),
  "AuthSession: tilak": ownedBy("tilak"),
  "AuthSession: admin": ownedBy("admin"),
  "AuthSession: ended": { sees: [] },
  "UserContact: mail": ownedBy("asha"),
  "UserContact: phone": ownedBy("asha"),
  "UserPreferences: asha": ownedBy("asha"),

  "LearnerProfile: asha": ownedBy("asha"),
  "LearnerProfile: bina": ownedBy("bina"),
  "EducationRecord: now": ownedBy("asha"),
  "EducationRecord: earlier": ownedBy("asha"),
  "Certification: asha": ownedBy("asha"),
  "SkillProficiency: asha": ownedBy("asha"),
  "LearnerGoal: asha": ownedBy("asha"),
  "LearnerGoal: bina": ownedBy("bina"),
  "LearnerInterest: asha": ownedBy("asha"),
  "Psychographics: asha": ownedBy("asha"),

  "Enrollment: asha in open": taughtBy("tara", "asha"),
  "Enrollment: asha in archived": taughtBy("tara", "asha"),
  "Enrollment: asha dropped other": { ...ownedBy("asha"), reads: ["asha", "admin"] },
  "Enrollment: bina in other": taughtBy("tilak", "bina"),
  "Enrollment: bina dropped archived": { ...ownedBy("bina"), reads: ["admin"] },
  "Enrollment: gone in open": { sees: ["admin"], reads: ["admin"] },
  "ContentProgress: asha open course": taughtBy("tara", "asha"),
  "ContentProgress: asha open module": taughtBy("tara", "asha"),
  "ContentProgress: asha open topic": taughtBy("tara", "asha"),
  "ContentProgress: asha archived course": taughtBy("tara", "asha"),
  "ContentProgress: asha archived module": taughtBy("tara", "asha"),
  "ContentProgress: asha archived topic": taughtBy("tara", "asha"),
  "ContentProgress: asha other course": ownedBy("asha"),
  "ContentProgress: bina other course": taughtBy("tilak", "bina"),
  "LearnerCareerPath: asha": ownedBy("asha"),
  "MilestoneCompletion: asha": ownedBy("asha"),
  "SkillMastery: asha": ownedBy("asha"),
  "ProgressMetric: asha": ownedBy("asha"),

  // Asha has submitted open, closed and other, and is in the midst of practice; Bina has submitted other.
  "Quiz: open": { sees: everyone, author: "tara" },
  "Quiz: draft": { sees: ["tara", "admin"], author: "tara" },
  "Quiz: archived": { sees: ["asha", "tara", "admin"], author: "tara" },
  "Quiz: closed": { sees: ["asha", "tara", "admin"], author: "tara" },
  "Quiz: other": { sees: everyone, author: "tilak" },
  "Quiz: practice": { sees: signedIn, mine: ["asha"] },
  "QuizQuestion: open": { sees: ["asha", "tara", "admin"], author: "tara", reads: ["asha", "tara", "admin"] },
  "QuizQuestion: draft": { sees: ["tara", "admin"], author: "tara", reads: ["tara", "admin"] },
  "QuizQuestion: archived": { sees: ["asha", "tara", "admin"], author: "tara", reads: ["tara", "admin"] },
  "QuizQuestion: closed": { sees: ["asha", "tara", "admin"], author: "tara", reads: ["asha", "tara", "admin"] },
  "QuizQuestion: other": { sees: ["bina", "tilak", "admin"], author: "tilak", reads: ["bina", "tilak", "admin"] },
  "QuizQuestion: practice": { sees: signedIn, reads: ["admin"] },
  "QuizAttempt: asha open": taughtBy("tara", "asha"),
  "QuizAttempt: asha closed": taughtBy("tara", "asha"),
  "QuizAttempt: asha other": ownedBy("asha"),
  "QuizAttempt: asha practice": ownedBy("asha"),
  "QuizAttempt: bina other": taughtBy("tilak", "bina"),
  "QuizAttempt: gone open": { sees: ["admin"] },
  "AssessmentResult: asha open": taughtBy("tara", "asha"),
  "AssessmentResult: asha other": ownedBy("asha"),
  "AssessmentResult: gone open": { sees: ["admin"] },

  "UserPoints: asha": ownedBy("asha"),
  "PointsTransaction: asha": ownedBy("asha"),
  "Streak: asha": ownedBy("asha"),
  "Streak: bina": ownedBy("bina"),
  "Streak: tara": ownedBy("tara"),
  "Streak: tilak": ownedBy("tilak"),
  "Streak: admin": ownedBy("admin"),
  "Streak: gone": { sees: ["admin"] },
  "StreakActivity: asha": ownedBy("asha"),
  "StreakFreeze: available": ownedBy("asha"),
  "StreakFreeze: used": ownedBy("asha"),
  "StreakMilestoneReached: asha": ownedBy("asha"),

  "Job: asha": ownedBy("asha"),
  "Job: tara": ownedBy("tara"),
  "Job: system": { sees: ["admin"] },
  "JobEvent: asha": ownedBy("asha"),
  "JobEvent: tara": ownedBy("tara"),
  "JobEvent: system": { sees: ["admin"] },
  "SourceFile: of draft": { sees: ["tara", "admin"], owner: "tara" },
  "SourceFile: of open": { sees: ["tilak", "tara", "admin"], owner: "tilak" },
  "SourceFile: staged": ownedBy("tara"),
  "SourceFile: deleted": { sees: ["admin"] },
  "AuditLog: asha": { sees: ["admin"] },
};

/** Rows that are found by id, and in no list. */
export const unlisted: readonly string[] = ["Quiz: closed"];

/** Texts that stand in rows which only these people may read; no answer to anybody else may hold one. */
export const secrets: Readonly<Record<string, readonly Person[]>> = {
  "asha-secret": ["asha", "admin"],
  "draft-secret": ["tara", "admin"],
  "archived-secret": ["asha", "tara", "admin"],
  "content-secret": ["asha", "tara", "admin"],
  "key-secret": ["asha", "tara", "admin"],
  "closed-secret": ["asha", "tara", "admin"],
  "staff-secret": ["tara", "admin"],
  "other-question": ["bina", "tilak", "admin"],
  "other-answer": ["bina", "tilak", "admin"],
  "removed-secret": [],
  "system-secret": ["admin"],
  "gone-secret": ["admin"],
  "path-secret": [],
};
