import { globalId, idOf } from "../data/ids.js";
import { spread, type BenchQuery } from "./query.js";

export const course: BenchQuery = {
  name: "Q1",
  title: "one course with provider and skills",
  kind: "read",
  cases: ({ courses }) => spread(200, courses).map((number) => ({ learner: null, plain: { id: idOf("course", number) } })),
  graph: {
    document: `query Q1($id: ID!) {
      course(id: $id) { id title description credits provider { id name region } skills { isPrimary skill { id name category } } }
    }`,
    variables: ({ id }) => ({ id: globalId("Course", String(id)) }),
  },
  limit: {
    statement: () => `
      select json_build_object('course', (
        select json_build_object('id', c.id, 'title', c.title, 'description', c.description, 'credits', c.credits,
          'provider', (select json_build_object('id', p.id, 'name', p.name, 'region', p.region) from catalog.providers p where p.id = c.provider_id),
          'skills', (select coalesce(json_agg(json_build_object('isPrimary', cs.is_primary,
              'skill', json_build_object('id', s.id, 'name', s.name, 'category', s.category)) order by cs.is_primary desc, cs.skill_id), '[]')
            from catalog.course_skills cs join catalog.skills s on s.id = cs.skill_id where cs.course_id = c.id))
        from catalog.courses c where c.id = $1 and c.status = 'active'))::text as answer`,
    parameters: ({ id }) => [id],
  },
  postgraphile: {
    document: `query Q1($id: UUID!) {
      course(rowId: $id) {
        id: rowId title description credits provider { id: rowId name region }
        skills: courseSkills { nodes { isPrimary skill { id: rowId name category } } }
      }
    }`,
    variables: ({ id }) => ({ id }),
  },
};
