import { idSql } from "./ids.js";
import {
  enrollmentsPerUser, languages, learnerCount, milestonesPerPath, modulesPerCourse, providerCount, skillCount,
  skillsPerCourse, streakDays, topicsPerModule, type Sizes,
} from "./sizes.js";

const word = (list: readonly string[], number: string): string =>
  `(array[${list.map((item) => `'${item}'`).join(", ")}])[1 + (${number}) % ${list.length}]`;

const regions = Array.from({ length: 20 }, (_, index) => `Region ${index + 1}`);
const trades = ["Solar", "Organic", "Digital", "Retail", "Care", "Textile", "Logistics", "Tourism", "Dairy", "Welding", "Tailoring", "Plumbing"];
const roles = ["technician", "assistant", "grower", "supervisor", "installer", "operator", "designer"];
/** The learner's own day; the streak's days end with it. */
const today = "(now() at time zone 'Asia/Kolkata')::date";

/**
 * Statements that fill a migrated, empty database with the same rows every time, a set at a time. They run
 * on PostgreSQL 15 and on the embedded database alike.
 */
export function fillStatements(sizes: Sizes): string[] {
  return [...catalogue(sizes), ...content(sizes), ...pathways(sizes), ...people(sizes), ...progress(sizes), ...rewards(sizes)];
}

function catalogue(sizes: Sizes): string[] {
  // Two in a hundred more are drafts, so that visibility has something to hide.
  const all = Math.floor(sizes.courses * 1.02);
  return [
    `insert into catalog.nsqf_levels (level, description) select 1 + n / 2.0, 'Level ' || (1 + n / 2.0) from generate_series(0, 18) n`,
    `insert into catalog.providers (id, name, slug, region)
     select ${idSql("provider", "n")}, 'Provider ' || n, 'provider-' || n, ${word(regions, "n")} from generate_series(1, ${providerCount(sizes)}) n`,
    `insert into catalog.skills (id, name, category)
     select ${idSql("skill", "n")}, 'Skill ' || n, ${word(["technical", "soft", "foundational"], "n")} from generate_series(1, ${skillCount}) n`,
    `insert into catalog.courses (id, course_id, course_number, title, description, nsqf_level, credits, notional_hours, duration_months,
       language, region, provider_id, status, keywords, enrollment_count, created_at)
     select ${idSql("course", "n")}, 'C-' || lpad(n::text, 6, '0'), n,
       ${word(trades, "n")} || ' ' || ${word(roles, "n / 12")} || ' ' || lpad(n::text, 6, '0'),
       'What a ' || ${word(roles, "n / 12")} || ' does on an ordinary day, with practice in a workshop and a project at the end. '
         || 'Nothing is needed to begin but curiosity. Number ' || n || '.',
       1 + (n % 19) / 2.0, 4 + n % 20, 30 + n % 300, 1 + n % 12, ${word(languages, "n")}, ${word(regions, "n / 5")},
       ${idSql("provider", `1 + (n / 3) % ${providerCount(sizes)}`)}, case when n > ${sizes.courses} then 'draft' else 'active' end,
       array[lower(${word(trades, "n")}), 'practice'], n % 1000, timestamptz '2025-01-01' + n * interval '1 minute'
     from generate_series(1, ${all}) n`,
    // The main skill is the first by id, so that orders by either agree.
    `insert into catalog.course_skills (course_id, skill_id, is_primary)
     select ${idSql("course", "c")}, ${idSql("skill", "s")}, row_number() over (partition by c order by s) = 1
     from generate_series(1, ${all}) c, generate_series(0, ${skillsPerCourse - 1}) k,
       lateral (select 1 + ((c * ${skillsPerCourse} + k) * 101) % ${skillCount} as s) skill`,
  ];
}

function content({ courses }: Sizes): string[] {
  return [
    `insert into catalog.modules (id, course_id, week, title, order_index)
     select ${idSql("module", "n")}, ${idSql("course", `1 + (n - 1) / ${modulesPerCourse}`)},
       1 + (n - 1) % ${modulesPerCourse}, 'Week ' || 1 + (n - 1) % ${modulesPerCourse}, (n - 1) % ${modulesPerCourse}
     from generate_series(1, ${courses * modulesPerCourse}) n`,
    `insert into catalog.topics (id, module_id, title, content, order_index, estimated_minutes)
     select ${idSql("topic", "n")}, ${idSql("module", `1 + (n - 1) / ${topicsPerModule}`)}, 'Topic ' || n,
       repeat('A sentence that explains something. ', 10), (n - 1) % ${topicsPerModule}, 10 + n % 20
     from generate_series(1, ${courses * modulesPerCourse * topicsPerModule}) n`,
  ];
}

function pathways({ careerPaths, courses }: Sizes): string[] {
  return [
    `insert into pathways.job_roles (id, title, slug, industry, demand_level)
     select ${idSql("jobRole", "n")}, 'Role ' || n, 'role-' || n, ${word(trades, "n")}, ${word(["high", "medium", "low"], "n")}
     from generate_series(1, ${careerPaths}) n`,
    `insert into pathways.career_paths (id, job_role_id, title, duration_months_min, duration_months_max, level_start, level_end)
     select ${idSql("careerPath", "n")}, ${idSql("jobRole", "n")}, 'Path ' || n, 6, 24, 'NSQF 3', 'NSQF 6' from generate_series(1, ${careerPaths}) n`,
    `insert into pathways.path_milestones (id, career_path_id, sequence, title, type, duration_weeks, course_id)
     select ${idSql("milestone", "n")}, ${idSql("careerPath", `1 + (n - 1) / ${milestonesPerPath}`)}, 1 + (n - 1) % ${milestonesPerPath},
       'Step ' || 1 + (n - 1) % ${milestonesPerPath}, 'course', 8, ${idSql("course", `1 + (n::bigint * 4799) % ${courses}`)}
     from generate_series(1, ${careerPaths * milestonesPerPath}) n`,
  ];
}

function people(sizes: Sizes): string[] {
  const learners = learnerCount(sizes);
  return [
    `insert into identity.users (id, email, username, full_name)
     select ${idSql("user", "n")}, 'learner' || n || '@example.org', 'learner' || n, 'Learner ' || n from generate_series(1, ${sizes.users}) n`,
    `insert into identity.auth_sessions (id, user_id, family_id, refresh_token_hash, expires_at)
     select ${idSql("session", "n")}, ${idSql("user", "n")}, ${idSql("session", "n")}, 'bench ' || n, now() + interval '30 days'
     from generate_series(1, ${learners}) n`,
    `insert into learner.profiles (id, user_id, headline, city, education_level)
     select ${idSql("profile", "n")}, ${idSql("user", "n")}, 'Headline of learner ' || n, 'City ' || n % 100, ${word(["class_10", "class_12", "diploma", "degree"], "n")}
     from generate_series(1, ${learners}) n`,
  ];
}

/** Every second enrollment is under way: the last topic of its course is completed. */
function progress(sizes: Sizes): string[] {
  const { courses, users, careerPaths } = sizes;
  const learners = learnerCount(sizes);
  const perUser = enrollmentsPerUser(sizes);
  const number = `1 + (n::bigint * 7919) % ${courses}`;
  const lastModule = `(${number}) * ${modulesPerCourse}`;
  const ofModule = Math.floor(100 / topicsPerModule);
  const ofCourse = Math.floor(100 / (topicsPerModule * modulesPerCourse));
  const grain = (offset: number, module: string, topic: string, percent: number) =>
    `insert into progress.content_progress (id, user_id, course_id, module_id, topic_id, status, progress_percent, completed_at)
     select ${idSql("progress", `n * 3 + ${offset}`)}, ${idSql("user", `1 + (n - 1) / ${perUser}`)}, ${idSql("course", number)}, ${module}, ${topic},
       '${percent === 100 ? "completed" : "in_progress"}', ${percent}, ${percent === 100 ? "now()" : "null"}
     from generate_series(1, ${users * perUser}, 2) n`;
  return [
    `insert into progress.enrollments (id, user_id, course_id, status, progress_percent, enrolled_at, started_at)
     select ${idSql("enrollment", "n")}, ${idSql("user", `1 + (n - 1) / ${perUser}`)}, ${idSql("course", number)},
       case when n % 2 = 1 then 'in_progress' else 'enrolled' end, case when n % 2 = 1 then ${ofCourse} else 0 end,
       timestamptz '2026-01-01' + n * interval '1 minute', case when n % 2 = 1 then timestamptz '2026-06-01' end
     from generate_series(1, ${users * perUser}) n`,
    grain(0, idSql("module", lastModule), idSql("topic", `(${number}) * ${modulesPerCourse * topicsPerModule}`), 100),
    grain(1, idSql("module", lastModule), "null", ofModule),
    grain(2, "null", "null", ofCourse),
    `insert into progress.learner_career_paths (id, user_id, career_path_id, job_role_id, match_score, started_at)
     select ${idSql("learnerPath", "n")}, ${idSql("user", "n")}, ${idSql("careerPath", `1 + n % ${careerPaths}`)},
       ${idSql("jobRole", `1 + n % ${careerPaths}`)}, 40 + n % 60, timestamptz '2026-01-01'
     from generate_series(1, ${learners}) n`,
    `insert into progress.milestone_completions (id, user_id, path_milestone_id, learner_career_path_id, status, progress_percent)
     select ${idSql("completion", `n * ${milestonesPerPath} + k`)}, ${idSql("user", "n")},
       ${idSql("milestone", `(n % ${careerPaths}) * ${milestonesPerPath} + k`)}, ${idSql("learnerPath", "n")},
       case when k = 1 then 'in_progress' else 'upcoming' end, case when k = 1 then 20 else 0 end
     from generate_series(1, ${learners}) n, generate_series(1, ${milestonesPerPath}) k`,
  ];
}

/** Points that sum up, and a streak that is settled and has today: what is recorded now extends nothing. */
function rewards(sizes: Sizes): string[] {
  const learners = learnerCount(sizes);
  return [
    `insert into gamification.user_points (id, user_id, xp_points, level, weekly_points, last_earned_at)
     select ${idSql("points", "n")}, ${idSql("user", "n")}, 110, 2, 0, timestamptz '2026-01-01' from generate_series(1, ${learners}) n`,
    `insert into gamification.points_transactions (id, user_id, amount, balance_after, reason, idempotency_key, created_at)
     select ${idSql("ledger", "n * 2 + k")}, ${idSql("user", "n")}, case k when 0 then 10 else 100 end, case k when 0 then 10 else 110 end,
       case k when 0 then 'topic' else 'course' end, 'bench:' || n || ':' || k, timestamptz '2026-01-01' + k * interval '1 second'
     from generate_series(1, ${learners}) n, generate_series(0, 1) k`,
    `insert into gamification.user_streaks (id, user_id, current_streak, longest_streak, last_activity_date, streak_started_on, settled_through, version)
     select ${idSql("streak", "n")}, ${idSql("user", "n")}, ${streakDays}, ${streakDays}, ${today}, ${today} - ${streakDays - 1}, ${today} - 1, ${streakDays}
     from generate_series(1, ${learners}) n`,
    `insert into gamification.streak_activities (id, user_id, activity_date, occurred_at, timezone)
     select ${idSql("streakDay", `n * ${streakDays} + d`)}, ${idSql("user", "n")}, ${today} - d, now() - d * interval '1 day', 'Asia/Kolkata'
     from generate_series(1, ${learners}) n, generate_series(0, ${streakDays - 1}) d`,
  ];
}
