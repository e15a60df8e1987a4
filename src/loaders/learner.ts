import { eq } from "drizzle-orm";
import { own } from "../auth/visibility.js";
import {
  certifications, educationRecords, goals, goalSkills, interests, profiles, psychographics, skillProficiencies,
  skills,
} from "../db/tables/index.js";
import { bounds } from "../graphql/bounds.js";
import { manyBy, oneBy } from "./factory.js";

/** Everything here is the learner's own; the lists under a profile hold at most 100 rows. */
export const learnerLoaders = {
  profileById: oneBy(profiles, "id", { visible: own(profiles.userId) }),
  profileByUser: oneBy(profiles, "userId", { visible: own(profiles.userId) }),
  educationRecordById: oneBy(educationRecords, "id", { visible: own(educationRecords.userId) }),
  educationRecordsByUser: manyBy(educationRecords, "userId", [educationRecords.startYear, educationRecords.id], {
    visible: own(educationRecords.userId),
    atMost: bounds.education,
  }),
  certificationById: oneBy(certifications, "id", { visible: own(certifications.userId) }),
  certificationsByUser: manyBy(certifications, "userId", [certifications.issuedOn, certifications.id], {
    visible: own(certifications.userId),
    atMost: bounds.certifications,
  }),
  skillProficiencyById: oneBy(skillProficiencies, "id", { visible: own(skillProficiencies.userId) }),
  skillProficienciesByUser: manyBy(skillProficiencies, "userId", [skillProficiencies.skillName], {
    visible: own(skillProficiencies.userId),
    atMost: bounds.proficiencies,
  }),
  goalById: oneBy(goals, "id", { visible: own(goals.userId) }),
  goalsByUser: manyBy(goals, "userId", [goals.priority, goals.id], { visible: own(goals.userId), atMost: bounds.goals }),
  skillsByGoal: manyBy(skills, goalSkills.goalId, [skills.name], {
    through: { table: goalSkills, on: eq(goalSkills.skillId, skills.id) },
    visible: own(goalSkills.userId),
    atMost: bounds.goalSkills,
  }),
  interestById: oneBy(interests, "id", { visible: own(interests.userId) }),
  interestsByUser: manyBy(interests, "userId", [interests.interest], { visible: own(interests.userId), atMost: bounds.interests }),
  psychographicsById: oneBy(psychographics, "id", { visible: own(psychographics.userId) }),
  psychographicsByUser: oneBy(psychographics, "userId", { visible: own(psychographics.userId) }),
};
