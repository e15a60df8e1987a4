import { learnerCount } from "../data/sizes.js";
import { spread, type BenchQuery } from "./query.js";

/** Four levels below the learner: enrollment, course, its skills, the skill. */
export const dashboard: BenchQuery = {
  name: "Q3",
  title: "a learner's courses and path, four levels deep",
  kind: "read",
  cases: (sizes) => spread(200, learnerCount(sizes)).map((learner) => ({ learner, plain: {} })),
  graph: {
    document: `query Q3 {
      viewer {
        fullName
        enrollments(first: 10) { nodes { status progressPercent course { title provider { name } skills { skill { name } } } } }
        careerPaths(first: 1) { nodes { status careerPath { title jobRole { title } milestones { sequence title course { title } } } } }
      }
    }`,
    variables: () => ({}),
  },
  limit: {
    statement: () => `
      select json_build_object('viewer', (
        select json_build_object('fullName', u.full_name,
          'enrollments', json_build_object('nodes', (
            select coalesce(json_agg(json_build_object('status', e.status, 'progressPercent', e.progress_percent, 'course', (
                select json_build_object('title', c.title,
                  'provider', (select json_build_object('name', p.name) from catalog.providers p where p.id = c.provider_id),
                  'skills', (select coalesce(json_agg(json_build_object('skill', json_build_object('name', s.name)) order by cs.is_primary desc, cs.skill_id), '[]')
                    from catalog.course_skills cs join catalog.skills s on s.id = cs.skill_id where cs.course_id = c.id))
                from catalog.courses c where c.id = e.course_id and c.status = 'active'))
              order by e.enrolled_at desc, e.id desc), '[]')
            from (select * from progress.enrollments where user_id = u.id order by enrolled_at desc, id desc limit 10) e)),
          'careerPaths', json_build_object('nodes', (
            select coalesce(json_agg(json_build_object('status', l.status, 'careerPath', (
                select json_build_object('title', cp.title,
                  'jobRole', (select json_build_object('title', r.title) from pathways.job_roles r where r.id = cp.job_role_id),
                  'milestones', (select coalesce(json_agg(json_build_object('sequence', m.sequence, 'title', m.title,
                      'course', (select json_build_object('title', c.title) from catalog.courses c where c.id = m.course_id and c.status = 'active'))
                      order by m.sequence), '[]')
                    from pathways.path_milestones m where m.career_path_id = cp.id))
                from pathways.career_paths cp where cp.id = l.career_path_id))
              order by l.created_at desc, l.id desc), '[]')
            from (select * from progress.learner_career_paths where user_id = u.id order by created_at desc, id desc limit 1) l)))
        from identity.users u where u.id = $1 and u.deleted_at is null))::text as answer`,
    parameters: (_plain, userId) => [userId],
  },
  postgraphile: {
    document: `query Q3($user: UUID!) {
      viewer: identityUser(rowId: $user) {
        fullName
        enrollments: progressEnrollmentsByUserId(first: 10, orderBy: [ENROLLED_AT_DESC]) {
          nodes { status progressPercent course { title provider { name } skills: courseSkills { nodes { skill { name } } } } }
        }
        careerPaths: progressLearnerCareerPathsByUserId(first: 1) {
          nodes { status careerPath { title jobRole { title } milestones: pathwaysPathMilestonesByCareerPathId { nodes { sequence title course { title } } } } }
        }
      }
    }`,
    variables: (_plain, userId) => ({ user: userId }),
  },
};
