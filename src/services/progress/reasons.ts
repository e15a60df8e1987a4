import { bounds } from "../../graphql/bounds.js";
import { totals, type ModuleOutline } from "../../loaders/progress-outline.js";
import type { EnrollmentRow } from "./completion.js";

export interface Reason {
  code: "topics_open" | "awaiting_confirmation" | "dropped";
  message: string;
  openTopics: number;
  moduleId: string | null;
  topicIds: string[];
}

/** Why an enrollment is not completed, in the order of the course; null when it is. */
export function whyIncomplete({ status }: Pick<EnrollmentRow, "status">, outline: readonly ModuleOutline[]): Reason[] | null {
  if (status === "completed") return null;
  const nowhere = { openTopics: 0, moduleId: null, topicIds: [] };
  const dropped: Reason[] =
    status === "dropped" ? [{ ...nowhere, code: "dropped", message: "The course was dropped; enrol again to go on." }] : [];
  const open = outline.filter(({ live, completed }) => completed < live).map(moduleReason);
  if (open.length > 0 || status === "dropped") return [...dropped, ...open].slice(0, bounds.courseModules);
  const message = outline.length === 0
    ? "The course has no topics to count; say that it is done with completeEnrollment."
    : "No topic is open any more; say that the course is done with completeEnrollment.";
  return [{ ...nowhere, code: "awaiting_confirmation", message }];
}

function moduleReason({ moduleId, moduleTitle, live, completed, openTopicIds }: ModuleOutline): Reason {
  const open = live - completed;
  const message = `“${moduleTitle}”: ${open} of ${live} topics left.`;
  return { code: "topics_open", message, openTopics: open, moduleId, topicIds: openTopicIds.slice(0, bounds.openTopics) };
}

/** An outline counted; a module counts as completed when its live topics all are. */
export function summaryOf(outline: readonly ModuleOutline[]) {
  const { live, completed } = totals(outline);
  return {
    completedTopics: completed,
    liveTopics: live,
    completedModules: outline.filter((module) => module.completed === module.live).length,
    liveModules: outline.length,
  };
}
