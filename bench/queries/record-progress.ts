import { globalId, idOf } from "../data/ids.js";
import { courseOf, enrollmentsPerUser, learnerCount, milestonesPerPath, modulesPerCourse, topicsPerModule, type Sizes } from "../data/sizes.js";
import type { BenchQuery, Case } from "./query.js";

/** Places of topics in a course, from 0, that complete neither a module nor the course, whatever was recorded before. */
const places = Array.from({ length: modulesPerCourse * topicsPerModule }, (_, place) => place).filter((place) => {
  const last = place >= (modulesPerCourse - 1) * topicsPerModule;
  return place % topicsPerModule < topicsPerModule - (last ? 2 : 1);
});

/** Is the course a step of the learner's path? Then the path would advance too, for some learners and not for others. */
function onPath(learner: number, course: number, { careerPaths, courses }: Sizes): boolean {
  const path = learner % careerPaths;
  return Array.from({ length: milestonesPerPath }, (_, step) => 1 + ((path * milestonesPerPath + step + 1) * 4799) % courses).includes(course);
}

/** Neighbours in the list are other learners, so that nobody waits for a lock on their own rows. */
function cases(sizes: Sizes): Case[] {
  const perUser = enrollmentsPerUser(sizes);
  const found: Case[] = [];
  for (const place of places) {
    for (let own = 1; own <= perUser; own += 1) {
      for (let learner = 1; learner <= learnerCount(sizes); learner += 1) {
        const course = courseOf((learner - 1) * perUser + own, sizes);
        if (onPath(learner, course, sizes)) continue;
        found.push({ learner, plain: { topicId: idOf("topic", (course - 1) * modulesPerCourse * topicsPerModule + place + 1) } });
      }
    }
  }
  return found;
}

/** Each request completes another topic of another learner, so that everything is written that the rules ask for. */
export const recordProgress: BenchQuery = {
  name: "Q6",
  title: "recordTopicProgress, a mutation",
  kind: "write",
  cases,
  graph: {
    document: `mutation Q6($input: RecordTopicProgressInput!) {
      recordTopicProgress(input: $input) {
        contentProgress { status progressPercent } enrollment { status progressPercent } pointsEarned errors { code }
      }
    }`,
    variables: ({ topicId }) => ({ input: { topicId: globalId("Topic", String(topicId)), status: "COMPLETED" } }),
  },
  limit: null,
  written: `select json_build_object(
    'progress', (select json_agg(json_build_object('grain', num_nonnulls(module_id, topic_id), 'status', status, 'percent', progress_percent, 'completed', completed_at is not null)
      order by num_nonnulls(module_id, topic_id), progress_percent) from progress.content_progress where user_id = $1),
    'enrollments', (select json_agg(json_build_object('status', status, 'percent', progress_percent, 'started', started_at is not null) order by enrolled_at)
      from progress.enrollments where user_id = $1),
    'streak', (select json_build_object('current', current_streak, 'version', version) from gamification.user_streaks where user_id = $1),
    'today', (select json_build_object('count', activity_count, 'points', points_earned, 'kind', kind) from gamification.streak_activities
      where user_id = $1 order by activity_date desc limit 1),
    'events', (select json_agg(json_build_object('kind', kind, 'dated', activity_date is not null, 'zone', timezone, 'payload', payload)) from gamification.streak_events where user_id = $1),
    'points', (select json_build_object('balance', xp_points, 'level', level, 'week', weekly_points) from gamification.user_points where user_id = $1),
    'ledger', (select json_agg(json_build_object('amount', amount, 'balance', balance_after, 'reason', reason, 'type', entity_type) order by balance_after)
      from gamification.points_transactions where user_id = $1),
    'outbox', (select json_agg(json_build_object('type', entity_type, 'enrollment', (select json_object_agg(key, jsonb_typeof(value) order by key) from jsonb_each(payload -> 'enrollment'))))
      from ops.event_outbox where topic = 'enrollments:' || $1::text)) as written`,
  postgraphile: null,
};
