import { starterBadges } from "./badges.js";
import { technologyPaths } from "./career-paths-technology.js";
import { tradeAndCarePaths } from "./career-paths-trades.js";
import { servicePaths } from "./career-paths-services.js";
import { digitalCourses } from "./courses-digital.js";
import { livelihoodCourses } from "./courses-livelihoods.js";
import { serviceCourses } from "./courses-services.js";
import { tradeCourses } from "./courses-trades.js";
import { starterJobRoles } from "./job-roles.js";
import { starterNsqfLevels } from "./nsqf-levels.js";
import { dutyAssistantOutline } from "./outline-duty-assistant.js";
import { organicGrowerOutline } from "./outline-organic-grower.js";
import { pythonBasicsOutline } from "./outline-python-basics.js";
import { solarInstallerOutline } from "./outline-solar-installer.js";
import { webDeveloperOutline } from "./outline-web-developer.js";
import { starterProviders } from "./providers.js";
import { starterQuizzes } from "./quizzes.js";
import { coreSkills } from "./skills-core.js";
import { digitalSkills } from "./skills-digital.js";
import { serviceSkills } from "./skills-services.js";
import { tradeSkills } from "./skills-trades.js";
import { starterStreakMilestones } from "./streak-milestones.js";
import type {
  StarterBadge, StarterCareerPath, StarterCourse, StarterJobRole, StarterNsqfLevel, StarterOutline,
  StarterProvider, StarterQuiz, StarterSkill, StarterStreakMilestone,
} from "./types.js";

/** The whole starter catalogue, in the order in which its parts refer to each other. */
export interface StarterCatalogue {
  readonly nsqfLevels: readonly StarterNsqfLevel[];
  readonly providers: readonly StarterProvider[];
  readonly skills: readonly StarterSkill[];
  readonly courses: readonly StarterCourse[];
  readonly outlines: readonly StarterOutline[];
  readonly quizzes: readonly StarterQuiz[];
  readonly jobRoles: readonly StarterJobRole[];
  readonly careerPaths: readonly StarterCareerPath[];
  readonly badges: readonly StarterBadge[];
  readonly streakMilestones: readonly StarterStreakMilestone[];
}

export const starterCatalogue: StarterCatalogue = {
  nsqfLevels: starterNsqfLevels,
  providers: starterProviders,
  skills: [...digitalSkills, ...tradeSkills, ...serviceSkills, ...coreSkills],
  courses: [...digitalCourses, ...tradeCourses, ...serviceCourses, ...livelihoodCourses],
  outlines: [pythonBasicsOutline, webDeveloperOutline, solarInstallerOutline, dutyAssistantOutline, organicGrowerOutline],
  quizzes: starterQuizzes,
  jobRoles: starterJobRoles,
  careerPaths: [...technologyPaths, ...tradeAndCarePaths, ...servicePaths],
  badges: starterBadges,
  streakMilestones: starterStreakMilestones,
};
