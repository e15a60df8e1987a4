import { z } from "zod";
import { educationLevels, goalTypes, learningStyles } from "../../db/value-sets.js";
import { hoursAWeek } from "../identity/rules.js";
import { clearable, line, whole } from "../input.js";
import { contact, nameOf, required, texts } from "./rules.js";

const maxItems = 50;
const many = <Item extends z.ZodType>(item: Item) => z.array(item).max(maxItems);

/** The twenty answers as a draft may hold them: each may be absent, null means unanswered. */
export const draftRules = z.object({
  fullName: clearable(nameOf(200)),
  contact: clearable(contact),
  education: clearable(z.enum(educationLevels)),
  fieldOfStudy: clearable(line(255)),
  proficiencies: clearable(many(z.object({ skillName: nameOf(255), level: whole(1, 5) }))),
  skills: clearable(texts(255)),
  interests: clearable(texts(255)),
  learningGoals: clearable(many(z.object({ goalType: z.enum(goalTypes), value: nameOf(500) }))),
  targetRoles: clearable(line(1000)),
  targetIndustries: clearable(texts(200)),
  learningTypes: clearable(texts(500)),
  learningStyle: clearable(z.enum(learningStyles)),
  collaborativeLearning: clearable(z.boolean()),
  timeCommitment: clearable(hoursAWeek),
  timeline: clearable(whole(1, 600)),
  motivations: clearable(texts(200)),
  hasResources: clearable(z.boolean()),
  reminders: clearable(z.boolean()),
  gamification: clearable(z.boolean()),
  comfortableSubjects: clearable(texts(200)),
});

export type OnboardingAnswers = z.input<typeof draftRules>;
export type CheckedAnswers = z.output<typeof draftRules>;

/** Answers that are enough to complete onboarding. */
export const completeRules = draftRules.extend({
  fullName: required(nameOf(200)),
  contact: required(contact),
  education: required(z.enum(educationLevels)),
});

export type CompleteAnswers = z.output<typeof completeRules>;
