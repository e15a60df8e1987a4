/**
 * Shapes of the starter catalogue. Property names are the camelCase of the columns they fill;
 * references between records use natural keys (slug, skill name, register code, path title).
 * Decimal columns (level, credits, scores) are strings, as the database driver expects them.
 */

/** A rung of the qualification ladder; `level` in the form the database returns it, such as "4.5". */
export interface StarterNsqfLevel {
  readonly level: string;
  readonly description: string;
  readonly typicalEntry: string;
}

/** An awarding or training body. `region` is null for bodies that serve the whole country. */
export interface StarterProvider {
  readonly slug: string;
  readonly name: string;
  readonly region: string | null;
  readonly websiteUrl: string;
  readonly isNsqfAligned: boolean;
}

/** A canonical skill. `aliases` are unique over all skills, ignoring case, and never equal a skill's name. */
export interface StarterSkill {
  readonly name: string;
  readonly category: "technical" | "soft" | "foundational";
  readonly keywords: readonly string[];
  readonly aliases: readonly string[];
}

/** A skill taught by a course, by skill name. */
export interface StarterCourseSkill {
  readonly name: string;
  readonly isPrimary: boolean;
}

/**
 * A course modelled on a registered qualification: `courseId` is its register code, `notionalHours` the
 * minimum, `credits` one for each 30 hours, `durationMonths` at about 120 hours a month, rounded up.
 * `language` is BCP 47; a null `region` means taught anywhere; `prerequisites` are course ids.
 */
export interface StarterCourse {
  readonly courseId: string;
  readonly title: string;
  readonly description: string;
  readonly nsqfLevel: string;
  readonly credits: string;
  readonly notionalHours: number;
  readonly durationMonths: number;
  readonly language: string;
  readonly region: string | null;
  readonly providerSlug: string;
  readonly keywords: readonly string[];
  readonly skills: readonly StarterCourseSkill[];
  readonly prerequisites: readonly string[];
}

/** A content page; `content` is Markdown. */
export interface StarterTopic {
  readonly title: string;
  readonly content: string;
  readonly estimatedMinutes: number;
}

/** A week of a course with its topics in reading order. */
export interface StarterModule {
  readonly week: number;
  readonly title: string;
  readonly description: string;
  readonly learningObjectives: readonly string[];
  readonly topics: readonly StarterTopic[];
}

/** The modules of one course of the catalogue. */
export interface StarterOutline {
  readonly courseId: string;
  readonly modules: readonly StarterModule[];
}

/** A question with two to four options, lettered from A on, and the letter of the right one. */
export interface StarterQuestion {
  readonly text: string;
  readonly options: readonly string[];
  readonly answer: "A" | "B" | "C" | "D";
  readonly explanation: string;
  readonly difficulty: "easy" | "medium" | "hard";
  /** By name. */
  readonly skill: string;
}

/** A quiz of a week, or of a whole course when `week` is null. `maxAttempts` absent stands for any number. */
export interface StarterQuiz {
  readonly quizId: string;
  readonly courseId: string;
  readonly week: number | null;
  readonly title: string;
  readonly description: string;
  readonly timeLimitMinutes: number | null;
  readonly maxAttempts?: number;
  readonly questions: readonly StarterQuestion[];
}

/** What a role asks of one skill: level 0 to 100, weight 1 to 3. */
export interface StarterJobRoleSkill {
  readonly skill: string;
  readonly requiredLevel: string;
  readonly weight: string;
}

/** A role. Salary figures are indicative, in paise, for the period named. */
export interface StarterJobRole {
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  readonly typicalSalaryRange: string;
  readonly salaryMinMinor: number;
  readonly salaryMaxMinor: number;
  readonly salaryCurrency: string;
  readonly salaryPeriod: "month" | "year";
  readonly industry: string;
  readonly demandLevel: "high" | "medium" | "low";
  readonly skills: readonly StarterJobRoleSkill[];
}

interface StarterMilestoneBase {
  readonly sequence: number;
  readonly title: string;
  readonly description: string;
  readonly durationWeeks: number;
  readonly providerSlug: string | null;
  readonly level: string | null;
  readonly resources: string | null;
  readonly nextSteps: readonly string[];
  readonly skills: readonly string[];
}

/** A step completed by completing the course it names. */
export interface StarterCourseMilestone extends StarterMilestoneBase {
  readonly type: "course";
  readonly courseId: string;
}

/** The only step that may carry pay and employers; the database refuses them elsewhere. */
export interface StarterJobMilestone extends StarterMilestoneBase {
  readonly type: "job";
  readonly salaryInfo: string;
  readonly companies: readonly string[];
}

/** A step that the learner completes by saying so. */
export interface StarterPlainMilestone extends StarterMilestoneBase {
  readonly type: "onboarding" | "internship" | "certification";
}

export type StarterMilestone = StarterCourseMilestone | StarterJobMilestone | StarterPlainMilestone;

/** A road map to one role; `title` is unique in the catalogue and serves as its key. */
export interface StarterCareerPath {
  readonly title: string;
  readonly jobRoleSlug: string;
  readonly durationMonthsMin: number;
  readonly durationMonthsMax: number;
  readonly levelStart: string;
  readonly levelEnd: string;
  readonly milestones: readonly StarterMilestone[];
}

/** A streak length worth celebrating. Freezes are earned by rule, so `freezeReward` is 0 as a habit. */
export interface StarterStreakMilestone {
  readonly days: number;
  readonly title: string;
  readonly pointsReward: number;
  readonly freezeReward: number;
  readonly badgeCode: string | null;
}

/** A badge; `criteria` is data for the rule that awards it. */
export interface StarterBadge {
  readonly code: string;
  readonly name: string;
  readonly description: string;
  readonly rarity: "common" | "rare" | "epic" | "legendary";
  readonly criteria: Readonly<Record<string, string | number>>;
}
