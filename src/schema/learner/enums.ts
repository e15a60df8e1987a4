import {
  derivedFrom, educationLevels, gamificationPersonas, genders, goalTypes, skillLevels, verificationStatuses,
} from "../../db/value-sets.js";
import { enumOf } from "../../graphql/enums.js";

export const Gender = enumOf("Gender", "Gender, as the learner states it.", genders, {
  male: "Male.",
  female: "Female.",
  other: "Neither of the two.",
});

export const EducationLevel = enumOf("EducationLevel", "Highest education that was completed.", educationLevels, {
  class_10: "Class 10 of school.",
  class_12: "Class 12 of school.",
  diploma: "A diploma after school.",
  degree: "A bachelor's degree.",
  post_grad: "A master's degree or above.",
});

export const SkillLevel = enumOf("SkillLevel", "A skill in words.", skillLevels, {
  beginner: "Knows the basics.",
  intermediate: "Works with some help.",
  advanced: "Works alone.",
  expert: "Teaches others.",
});

export const GoalType = enumOf("GoalType", "What kind of thing a goal is.", goalTypes, {
  learning: "To learn something.",
  career: "To reach a job or a position.",
  certification: "To earn a certificate.",
});

export const VerificationStatus = enumOf("VerificationStatus", "Whether somebody checked a certificate.", verificationStatuses, {
  verified: "Checked and found right.",
  pending: "Not checked yet.",
  rejected: "Checked and not accepted.",
});

export const GamificationPersona = enumOf("GamificationPersona", "What a learner enjoys in games.", gamificationPersonas, {
  achiever: "Collecting points and badges.",
  explorer: "Finding out how things work.",
  socializer: "Being with others.",
  killer: "Winning against others.",
});

export const DerivedFrom = enumOf("DerivedFrom", "How a persona was found.", derivedFrom, {
  survey: "From the learner's own answers.",
  ai: "From a model of the learner's behaviour.",
  hybrid: "From both.",
});
