import { Extensions } from "type-graphql";

/**
 * The most items of each list that is not paged. One number for the statement that reads the list,
 * the services that add to it and the cost of queries; none is beyond 100, the size of a page.
 */
export const bounds = {
  aliases: 50,
  archived: 100,
  certifications: 100,
  contacts: 20,
  courseFiles: 10,
  courseModules: 30,
  courseSkills: 12,
  education: 50,
  goals: 50,
  goalSkills: 50,
  interests: 100,
  jobRoleSkills: 25,
  milestoneSkills: 12,
  moduleTopics: 20,
  onboardingAnswers: 50,
  openTopics: 20,
  outlineChanges: 100,
  pathMilestones: 12,
  proficiencies: 100,
  questionOptions: 4,
  quizQuestions: 100,
  signInProviders: 10,
  streakMilestones: 20,
  triesOfPath: 100,
} as const;

/** Declares how many items a plain list of objects holds at most, for the cost of queries. */
export const Bound = (size: number) => Extensions({ bound: size });

/** Declares what a field costs that is worked out anew for each answer; others of its kind cost 0. */
export const Weight = (cost: number) => Extensions({ weight: cost });
