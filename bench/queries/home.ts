import { learnerCount } from "../data/sizes.js";
import { spread, type BenchQuery } from "./query.js";

/**
 * Everything that the first screen of a signed-in learner shows. The counters of the streak are stored settled
 * for today, so that the stored ones are right; the product settles them as it reads, the others just read.
 */
export const home: BenchQuery = {
  name: "Q7",
  title: "a signed-in dashboard as one operation",
  kind: "read",
  cases: (sizes) => spread(200, learnerCount(sizes)).map((learner) => ({ learner, plain: {} })),
  graph: {
    document: `query Q7 {
      viewer {
        fullName username
        profile { headline city educationLevel }
        streak { currentStreak longestStreak lastActivityDate }
        points { xpPoints level }
        enrollments(first: 10) { nodes { status progressPercent course { title credits myProgress { status progressPercent } } } }
        careerPaths(first: 1) { nodes { status matchScore careerPath { title }
          milestones { status progressPercent milestone { sequence title type course { title } } } } }
      }
    }`,
    variables: () => ({}),
  },
  limit: {
    statement: () => `
      select json_build_object('viewer', (
        select json_build_object('fullName', u.full_name, 'username', u.username,
          'profile', (select json_build_object('headline', p.headline, 'city', p.city, 'educationLevel', p.education_level)
            from learner.profiles p where p.user_id = u.id),
          'streak', (select json_build_object('currentStreak', s.current_streak, 'longestStreak', s.longest_streak, 'lastActivityDate', s.last_activity_date)
            from gamification.user_streaks s where s.user_id = u.id),
          'points', (select json_build_object('xpPoints', p.xp_points, 'level', p.level) from gamification.user_points p where p.user_id = u.id),
          'enrollments', json_build_object('nodes', (
            select coalesce(json_agg(json_build_object('status', e.status, 'progressPercent', e.progress_percent, 'course', (
                select json_build_object('title', c.title, 'credits', c.credits, 'myProgress', (
                  select json_build_object('status', cp.status, 'progressPercent', cp.progress_percent) from progress.content_progress cp
                  where cp.user_id = u.id and cp.course_id = c.id and cp.module_id is null and cp.topic_id is null))
                from catalog.courses c where c.id = e.course_id and c.status = 'active'))
              order by e.enrolled_at desc, e.id desc), '[]')
            from (select * from progress.enrollments where user_id = u.id order by enrolled_at desc, id desc limit 10) e)),
          'careerPaths', json_build_object('nodes', (
            select coalesce(json_agg(json_build_object('status', l.status, 'matchScore', l.match_score,
                'careerPath', (select json_build_object('title', cp.title) from pathways.career_paths cp where cp.id = l.career_path_id),
                'milestones', (select coalesce(json_agg(json_build_object('status', mc.status, 'progressPercent', mc.progress_percent,
                    'milestone', json_build_object('sequence', m.sequence, 'title', m.title, 'type', m.type,
                      'course', (select json_build_object('title', c.title) from catalog.courses c where c.id = m.course_id and c.status = 'active')))
                    order by m.sequence), '[]')
                  from progress.milestone_completions mc join pathways.path_milestones m on m.id = mc.path_milestone_id
                  where mc.learner_career_path_id = l.id and mc.user_id = u.id))
              order by l.created_at desc, l.id desc), '[]')
            from (select * from progress.learner_career_paths where user_id = u.id order by created_at desc, id desc limit 1) l)))
        from identity.users u where u.id = $1 and u.deleted_at is null))::text as answer`,
    parameters: (_plain, userId) => [userId],
  },
  postgraphile: {
    document: `query Q7($user: UUID!) {
      viewer: identityUser(rowId: $user) {
        fullName username
        profile: learnerProfileByUserId { headline city educationLevel }
        streak: gamificationUserStreakByUserId { currentStreak longestStreak lastActivityDate }
        points: gamificationUserPointByUserId { xpPoints level }
        enrollments: progressEnrollmentsByUserId(first: 10, orderBy: [ENROLLED_AT_DESC]) {
          nodes { status progressPercent course { title credits
            myProgress: progressContentProgresses(first: 1, condition: { userId: $user, moduleId: null, topicId: null }) { nodes { status progressPercent } } } }
        }
        careerPaths: progressLearnerCareerPathsByUserId(first: 1) {
          nodes { status matchScore careerPath { title }
            milestones: progressMilestoneCompletionsByLearnerCareerPathId(condition: { userId: $user }) {
              nodes { status progressPercent milestone: pathMilestone { sequence title type course { title } } } } }
        }
      }
    }`,
    variables: (_plain, userId) => ({ user: userId }),
  },
};
