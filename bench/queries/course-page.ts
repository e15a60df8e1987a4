import { nsqfLevels } from "../data/sizes.js";
import type { BenchQuery, Case } from "./query.js";

const orders = [
  { field: "TITLE", direction: "ASC", by: "c.title, c.id" },
  { field: "TITLE", direction: "DESC", by: "c.title desc, c.id desc" },
  { field: "CREATED_AT", direction: "ASC", by: "c.created_at, c.id" },
  { field: "CREATED_AT", direction: "DESC", by: "c.created_at desc, c.id desc" },
];

const statements = orders.map(
  ({ by }) => `
    select json_build_object('courses', json_build_object('nodes', coalesce(json_agg(node), '[]')))::text as answer from (
      select json_build_object('id', c.id, 'title', c.title, 'credits', c.credits,
        'provider', (select json_build_object('id', p.id, 'name', p.name) from catalog.providers p where p.id = c.provider_id),
        'skills', (select coalesce(json_agg(json_build_object('isPrimary', cs.is_primary,
            'skill', json_build_object('id', s.id, 'name', s.name)) order by cs.is_primary desc, cs.skill_id), '[]')
          from catalog.course_skills cs join catalog.skills s on s.id = cs.skill_id where cs.course_id = c.id)) as node
      from catalog.courses c where c.status = 'active' and c.nsqf_level = $1::numeric
      order by ${by} limit $2) page`,
);

/** Pages of courses of one level, in one of four orders. */
export const coursePageOf = (name: string, first: number): BenchQuery => ({
  name,
  title: `${first} courses with provider and skills`,
  kind: "read",
  cases: () =>
    nsqfLevels.flatMap((level) => orders.map((_, order): Case => ({ learner: null, plain: { level, order, first } }))),
  graph: {
    document: `query ${name}($first: Int!, $level: Float!, $order: CourseOrder!) {
      courses(first: $first, where: { nsqfLevel: { eq: $level } }, orderBy: $order) {
        nodes { id title credits provider { id name } skills { isPrimary skill { id name } } }
      }
    }`,
    variables: ({ level, order, first }) => ({ first, level, order: { field: orders[Number(order)]?.field, direction: orders[Number(order)]?.direction } }),
  },
  limit: {
    statement: ({ order }) => statements[Number(order)] ?? "",
    parameters: ({ level, first }) => [level, first],
  },
  postgraphile: {
    document: `query ${name}($first: Int!, $level: BigFloat!, $order: [CourseOrderBy!]!) {
      courses(first: $first, condition: { status: "active", nsqfLevel: $level }, orderBy: $order) {
        nodes { id: rowId title credits provider { id: rowId name } skills: courseSkills { nodes { isPrimary skill { id: rowId name } } } }
      }
    }`,
    variables: ({ level, order, first }) => ({
      first,
      level: String(level),
      order: [`${orders[Number(order)]?.field}_${orders[Number(order)]?.direction}`],
    }),
  },
});
