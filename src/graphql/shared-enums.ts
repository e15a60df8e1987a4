import { learningStyles, skillSources } from "../db/value-sets.js";
import { enumOf } from "./enums.js";

/*
 * Enums that more than one domain shows. They stand with the primitives, because schema files do not
 * import one another.
 */

export const LearningStyle = enumOf("LearningStyle", "How a person learns best.", learningStyles, {
  visual: "By seeing: pictures, diagrams, video.",
  auditory: "By hearing: talks, discussion, audio.",
  reading: "By reading and writing.",
  kinesthetic: "By doing: exercises, projects, the workshop.",
});

export const SkillSource = enumOf("SkillSource", "Where a statement about a skill comes from.", skillSources, {
  onboarding: "Declared by the learner during onboarding.",
  inferred: "Concluded from what the learner did.",
  assessment: "Measured by an assessment.",
  course: "Earned by completing a course.",
  peer_review: "Stated by other learners.",
  manual: "Declared by the learner in the profile.",
});
