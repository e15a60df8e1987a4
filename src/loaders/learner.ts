import { eq } from "drizzle-orm";
import { own } from "../auth/visibility.js";
import {
  certifications, educationRecords, goals, goalSkills, interests, profiles, psychographics, skillProficiencies,
  skills,
} from "../db/tables/index.js";
import { bounds } from "../graphql/bounds.js";
import { perViewer } from "./factory.js";

/** Everything here is the learner's own; the lists under a profile hold at most 100 rows. */
export const learnerLoaders = {
  profileById: perViewer.oneBy(profiles, "id", { visible: own(profiles.userId) }),
  profileByUser: perViewer.oneBy(profiles, "userId", { visible: own(profiles.userId) }),
  educationRecordById: perViewer.oneBy(educationRecords, "id", { visible: own(educationRecords.userId) }),
  educationRecordsByUser: perViewer.manyBy(educationRecords, "userId", [educationRecords.startYear, educationRecords.id], {
    visible: own(educationRecords.userId),
    atMost: bounds.education,
  }),
  certificationById: perViewer.oneBy(certifications, "id", { visible: own(certifications.userId) }),
  certificationsByUser: perViewer.manyBy(certifications, "userId", [certifications.issuedOn, certifications.id], {
    visible: own(certifications.userId),
    atMost: bounds.certifications,
  }),
  skillProficiencyById: perViewer.oneBy(skillProficiencies, "id", { visible: own(skillProficiencies.userId) }),
  skillProficienciesByUser: perViewer.manyBy(skillProficiencies, "userId", [skillProficiencies.skillName], {
    visible: own(skillProficiencies.userId),
    atMost: bounds.proficiencies,
  }),
  goalById: perViewer.oneBy(goals, "id", { visible: own(goals.userId) }),
  goalsByUser: perViewer.manyBy(goals, "userId", [goals.priority, goals.id], { visible: own(goals.userId), atMost: bounds.goals }),
  skillsByGoal: perViewer.manyBy(skills, goalSkills.goalId, [skills.name], {
    through: { table: goalSkills, on: eq(goalSkills.skillId, skills.id) },
    visible: own(goalSkills.userId),
    atMost: bounds.goalSkills,
  }),
  interestById: perViewer.oneBy(interests, "id", { visible: own(interests.userId) }),
  interestsByUser: perViewer.manyBy(interests, "userId", [interests.interest], { visible: own(interests.userId), atMost: bounds.interests }),
  psychographicsById: perViewer.oneBy(psychographics, "id", { visible: own(psychographics.userId) }),
  psychographicsByUser: perViewer.oneBy(psychographics, "userId", { visible: own(psychographics.userId) }),
};
