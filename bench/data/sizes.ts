/** How much synthetic data there is. */
export interface Sizes {
  users: number;
  courses: number;
  enrollments: number;
  careerPaths: number;
}

export const defaultSizes: Sizes = { users: 20_000, courses: 5_000, enrollments: 100_000, careerPaths: 200 };

export const languages = ["en", "hi", "ta", "bn", "mr"] as const;
export const skillsPerCourse = 4;
export const milestonesPerPath = 8;
export const modulesPerCourse = 2;
export const topicsPerModule = 5;
export const skillCount = 400;
export const streakDays = 5;

/** NSQF levels from 1 to 10 in half steps. */
export const nsqfLevels: readonly number[] = Array.from({ length: 19 }, (_, index) => 1 + index / 2);

export const providerCount = ({ courses }: Sizes): number => Math.max(1, Math.floor(courses / 20));
export const enrollmentsPerUser = ({ enrollments, users }: Sizes): number => Math.max(1, Math.floor(enrollments / users));
/** People who have a session, a profile, a streak, points and a path: the others are there to be many. */
export const learnerCount = ({ users }: Sizes): number => Math.max(1, Math.floor(users / 2));
/** The course of an enrollment; the prime spreads them, and within a user they differ. */
export const courseOf = (enrollment: number, { courses }: Sizes): number => ((enrollment * 7919) % courses) + 1;
