import {
  aggregationTypes, enrollmentSources, enrollmentStatuses, metricTypes, milestoneStatuses, pathStatuses,
  progressStatuses, timePeriods,
} from "../../db/value-sets.js";
import { enumOf } from "../../graphql/enums.js";

export const EnrollmentStatus = enumOf("EnrollmentStatus", "Where a learner stands in a course.", enrollmentStatuses, {
  enrolled: "In the course, nothing done yet.",
  in_progress: "Under way.",
  completed: "Done; stays so whatever becomes of the course.",
  dropped: "Left; what was reached is kept for coming back.",
});

export const EnrollmentSource = enumOf("EnrollmentSource", "What led to an enrollment.", enrollmentSources, {
  recommendation: "A recommendation of the service.",
  manual: "The learner's own search.",
  career_path: "A step of a career path.",
});

export const CareerPathStatus = enumOf("CareerPathStatus", "Where a learner stands on a career path.", pathStatuses, {
  active: "Under way.",
  completed: "All its milestones are completed.",
  paused: "Put to rest by the learner.",
});

export const MilestoneStatus = enumOf("MilestoneStatus", "Where a learner stands with a milestone.", milestoneStatuses, {
  upcoming: "Comes later.",
  in_progress: "Under way.",
  completed: "Done; stays so.",
});

export const ProgressStatus = enumOf("ProgressStatus", "How far a topic, module or course is.", progressStatuses, {
  not_started: "Nothing done yet.",
  in_progress: "Under way.",
  completed: "Done; stays so.",
});

const recordedStatuses = ["in_progress", "completed"] as const;

export const RecordedStatus = enumOf("RecordedStatus", "What can be recorded of a topic.", recordedStatuses, {
  in_progress: "It is under way.",
  completed: "It is done.",
});

const incompleteCodes = ["topics_open", "awaiting_confirmation", "dropped"] as const;

export const IncompleteCode = enumOf("IncompleteCode", "Why an enrollment is not completed.", incompleteCodes, {
  topics_open: "Topics of a module are open.",
  awaiting_confirmation: "No topic is open; the learner has yet to say that the course is done.",
  dropped: "The learner left the course.",
});

export type IncompleteCodeValue = (typeof incompleteCodes)[number];

export const MetricType = enumOf("MetricType", "What was measured, and in which unit.", metricTypes, {
  accuracy: "Share of right answers, 0 to 100.",
  speed: "Time for an answer, in seconds.",
  retention: "Share that was remembered, 0 to 100.",
  completion: "Share that was completed, 0 to 100.",
  engagement: "Taking part, 0 to 100.",
  time_spent: "Time spent, in seconds.",
});

export const TimePeriod = enumOf("TimePeriod", "The span that a value sums up.", timePeriods, {
  daily: "A day.",
  weekly: "A week.",
  monthly: "A month.",
});

export const AggregationType = enumOf("AggregationType", "How single values became one.", aggregationTypes, {
  sum: "Added up.",
  avg: "Their mean.",
  min: "The least.",
  max: "The greatest.",
  count: "How many there were.",
  last: "The latest.",
});
