/** The statements behind `record-progress.ts`, in the order in which they are sent. */

export const lock = "select pg_advisory_xact_lock(hashtextextended($1, 0))";

export const place = `
  select c.id as "courseId", m.id as "moduleId", e.id as "enrollmentId", exists (
    select 1 from progress.content_progress p
    where p.user_id = e.user_id and p.course_id = c.id and p.module_id = m.id and p.topic_id = t.id and p.status = 'completed') as "topicDone"
  from catalog.topics t join catalog.modules m on m.id = t.module_id join catalog.courses c on c.id = m.course_id
  join progress.enrollments e on e.course_id = c.id and e.user_id = $2 and e.status <> 'dropped'
  where t.id = $1 and t.archived_at is null and m.archived_at is null and c.status = 'active'`;

const rises = `
  on conflict (user_id, course_id, module_id, topic_id) do update set
    progress_percent = greatest(content_progress.progress_percent, excluded.progress_percent),
    status = case when 'completed' in (content_progress.status, excluded.status) then 'completed' else 'in_progress' end,
    completed_at = coalesce(content_progress.completed_at, excluded.completed_at), last_accessed_at = now(), updated_at = now()`;

export const raise = `
  insert into progress.content_progress (id, user_id, course_id, module_id, topic_id, status, progress_percent, completed_at)
  values ($1, $2, $3, $4, $5, 'completed', $6, now()) ${rises}
  returning status, progress_percent as "progressPercent"`;

export const outline = `
  select count(*)::int as live, count(p.topic_id)::int as done,
    (count(*) filter (where m.id = $3))::int as "moduleLive", (count(p.topic_id) filter (where m.id = $3))::int as "moduleDone"
  from catalog.modules m join catalog.topics t on t.module_id = m.id and t.archived_at is null
  left join progress.content_progress p on p.user_id = $1 and p.course_id = $2 and p.topic_id = t.id and p.status = 'completed'
  where m.course_id = $2 and m.archived_at is null`;

export const pathsWithCourse = `
  select l.id from progress.learner_career_paths l
  where l.user_id = $1 and l.status = 'active' and exists (
    select 1 from pathways.path_milestones m where m.career_path_id = l.career_path_id and m.type = 'course' and m.course_id = $2)
  order by l.id for no key update`;

export const raiseWhole = `
  insert into progress.content_progress (id, user_id, course_id, module_id, status, progress_percent)
  values ($1, $2, $3, $4, 'in_progress', $5), ($6, $2, $3, null, 'in_progress', $7) ${rises}`;

/** Adds to a day that is ACTIVE already; gives no row where there is none. */
export const streakDay = `
  update gamification.streak_activities set activity_count = activity_count + 1, points_earned = points_earned + 10, occurred_at = $2, updated_at = now()
  where user_id = $1 and activity_date = ($2::timestamptz at time zone 'Asia/Kolkata')::date and kind = 'active'
  returning id`;

export const streakEvent = `
  insert into gamification.streak_events (id, user_id, client_event_id, kind, occurred_at, received_at, activity_date, timezone, payload)
  values ($1, $2, 'topic:' || $3::text, 'topic_completed', $4, $4, ($4::timestamptz at time zone 'Asia/Kolkata')::date, 'Asia/Kolkata',
    '{"minutesSpent": 0, "pointsEarned": 10}')`;

export const streakCounters = "update gamification.user_streaks set version = version + 1, updated_at = now() where user_id = $1";

/** The row of the balance is locked first, so that two entries of a learner do not take the same balance. */
export const ledger = `
  with held as (select user_id, xp_points from gamification.user_points where user_id = $2 for update)
  insert into gamification.points_transactions (id, user_id, amount, balance_after, reason, entity_type, entity_id, idempotency_key, created_at)
  select $1, user_id, 10, xp_points + 10, 'topic', 'topic', $3::uuid, user_id || ':topic:' || $3::text, clock_timestamp() from held
  on conflict (idempotency_key) do nothing`;

export const balance = `
  update gamification.user_points p set xp_points = sums.balance, level = 1 + floor(sqrt(sums.earned / 100.0)), weekly_points = sums.week,
    last_earned_at = sums.last, updated_at = now()
  from (
    select sum(amount) as balance, coalesce(sum(amount) filter (where amount > 0), 0) as earned,
      coalesce(sum(amount) filter (where amount > 0 and reason <> 'reversal'
        and created_at >= date_trunc('week', statement_timestamp() at time zone 'UTC') at time zone 'UTC'), 0) as week,
      max(created_at) filter (where amount > 0 and reason <> 'reversal') as last
    from gamification.points_transactions where user_id = $1) sums
  where p.user_id = $1`;

/** The enrollment, and what its subscribers are told, in the form in which the product keeps it. */
export const enrollment = `
  with changed as (
    update progress.enrollments set progress_percent = greatest($2, progress_percent), started_at = coalesce(started_at, now()),
      status = 'in_progress', updated_at = now()
    where id = $1 returning *),
  told as (
    insert into ops.event_outbox (topic, entity_type, entity_id, payload)
    select 'enrollments:' || user_id, 'enrollment', id, jsonb_build_object('enrollment', jsonb_build_object(
      'id', id, 'userId', user_id, 'courseId', course_id, 'status', status, 'source', source, 'learnerCareerPathId', learner_career_path_id,
      'courseVersion', course_version, 'progressPercent', progress_percent, 'enrolledAt', enrolled_at, 'startedAt', started_at,
      'completedAt', completed_at, 'createdAt', created_at, 'updatedAt', updated_at))
    from changed)
  select status, progress_percent as "progressPercent" from changed`;

export const announce = "select pg_notify('disha_outbox', $1)";
