import { idOf } from "./ids.js";
import { modulesPerCourse, streakDays, topicsPerModule } from "./sizes.js";

const ofModule = Math.floor(100 / topicsPerModule);
const ofCourse = Math.floor(100 / (topicsPerModule * modulesPerCourse));
const seeded = `${idOf("progress", 0).slice(0, 13)}%`;
const ofWholeCourse = "p.user_id = e.user_id and p.course_id = e.course_id and p.module_id is null";

/** Takes back all that the mutation wrote, so that a kept database can be written to again. Cheap where nothing was. */
export const resetStatements: readonly string[] = [
  "truncate gamification.streak_events, ops.event_outbox",
  "delete from gamification.points_transactions where idempotency_key not like 'bench:%'",
  `delete from progress.content_progress where id::text not like '${seeded}'`,
  `update progress.content_progress set progress_percent = case when module_id is null then ${ofCourse} else ${ofModule} end
   where topic_id is null and progress_percent <> case when module_id is null then ${ofCourse} else ${ofModule} end`,
  `update progress.enrollments e set progress_percent = ${ofCourse}
   where progress_percent <> ${ofCourse} and exists (select 1 from progress.content_progress p where ${ofWholeCourse})`,
  `update progress.enrollments e set status = 'enrolled', progress_percent = 0, started_at = null
   where status <> 'enrolled' and not exists (select 1 from progress.content_progress p where ${ofWholeCourse})`,
  "update gamification.user_points set xp_points = 110, level = 2, weekly_points = 0, last_earned_at = timestamptz '2026-01-01' where xp_points <> 110",
  `update gamification.user_streaks set version = ${streakDays} where version <> ${streakDays}`,
  "update gamification.streak_activities set activity_count = 1, points_earned = 0 where activity_count <> 1",
  "vacuum analyze progress.content_progress, progress.enrollments, gamification.user_points, gamification.user_streaks, gamification.streak_activities",
];
