/** Hand-written statements that give plain rows, each for any number of keys; `key` names whose row it is. */

const courseColumns = `c.id, c.id as key, c.course_id as "courseId", c.title, c.description, c.language, c.region, c.credits::float8 as credits,
  c.notional_hours as "notionalHours", c.status, c.created_at::text as "createdAt", c.provider_id as "providerId"`;

export const coursesById = `select ${courseColumns} from catalog.courses c where c.id = any($1::uuid[]) and c.status = 'active'`;

const pageOf = (condition: string, order: string, limit: string): string =>
  `select ${courseColumns} from catalog.courses c where c.status = 'active' and ${condition} order by ${order} limit ${limit}`;

const orders: Record<string, string> = {
  "TITLE ASC": "c.title, c.id",
  "TITLE DESC": "c.title desc, c.id desc",
  "CREATED_AT ASC": "c.created_at, c.id",
  "CREATED_AT DESC": "c.created_at desc, c.id desc",
};

const perOrder = (condition: string, limit: string): Record<string, string> =>
  Object.fromEntries(Object.entries(orders).map(([name, order]) => [name, pageOf(condition, order, limit)]));

/** By order, such as `TITLE ASC`. */
export const coursesOfLevel = perOrder("c.nsqf_level = $1::numeric", "$2");
export const coursesOfRegion = perOrder("c.language = $1 and c.region = $2", "$3");
export const coursesOfLevelAndLanguage = perOrder("c.nsqf_level = $1::numeric and c.language = $2", "$3");
export const countOfRegion = "select count(*)::int as count from catalog.courses where status = 'active' and language = $1 and region = $2";

export const providersById = "select id, id as key, name, region from catalog.providers where id = any($1::uuid[])";

export const skillsByCourse = `
  select cs.course_id as key, cs.is_primary as "isPrimary", s.id, s.name, s.category
  from catalog.course_skills cs join catalog.skills s on s.id = cs.skill_id
  where cs.course_id = any($1::uuid[]) order by cs.course_id, cs.is_primary desc, cs.skill_id`;

export const usersById = `select id, id as key, full_name as "fullName", username from identity.users where id = any($1::uuid[]) and deleted_at is null`;

export const profilesByUser = `select user_id as key, headline, city, education_level as "educationLevel" from learner.profiles where user_id = any($1::uuid[])`;

export const streaksByUser = `
  select user_id as key, current_streak as "currentStreak", longest_streak as "longestStreak", last_activity_date::text as "lastActivityDate"
  from gamification.user_streaks where user_id = any($1::uuid[])`;

export const pointsByUser = `select user_id as key, xp_points::float8 as "xpPoints", level from gamification.user_points where user_id = any($1::uuid[])`;

export const enrollmentsByUser = `
  select e.* from unnest($1::uuid[]) as wanted(id) cross join lateral (
    select user_id as key, status, progress_percent as "progressPercent", course_id as "courseId"
    from progress.enrollments where user_id = wanted.id order by enrolled_at desc, id desc limit 10) e`;

export const pathsByUser = `
  select l.* from unnest($1::uuid[]) as wanted(id) cross join lateral (
    select user_id as key, id, status, match_score::float8 as "matchScore", career_path_id as "careerPathId"
    from progress.learner_career_paths where user_id = wanted.id order by created_at desc, id desc limit 1) l`;

export const careerPathsById = `
  select p.id as key, p.id, p.title, r.title as "roleTitle" from pathways.career_paths p join pathways.job_roles r on r.id = p.job_role_id
  where p.id = any($1::uuid[])`;

export const milestonesByPath = `
  select career_path_id as key, sequence, title, course_id as "courseId" from pathways.path_milestones
  where career_path_id = any($1::uuid[]) order by career_path_id, sequence`;

export const completionsByLearnerPath = `
  select mc.learner_career_path_id as key, mc.status, mc.progress_percent as "progressPercent", m.sequence, m.title, m.type, m.course_id as "courseId"
  from progress.milestone_completions mc join pathways.path_milestones m on m.id = mc.path_milestone_id
  where mc.learner_career_path_id = any($1::uuid[]) order by mc.learner_career_path_id, m.sequence`;

/** Keys are a user and a course, in two arrays. */
export const progressByUserAndCourse = `
  select p.user_id || ' ' || p.course_id as key, p.status, p.progress_percent as "progressPercent"
  from unnest($1::uuid[], $2::uuid[]) as wanted(user_id, course_id)
  join progress.content_progress p on p.user_id = wanted.user_id and p.course_id = wanted.course_id and p.module_id is null and p.topic_id is null`;
