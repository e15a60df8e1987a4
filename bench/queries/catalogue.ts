import { languages, nsqfLevels } from "../data/sizes.js";
import type { BenchQuery } from "./query.js";

const fields = "id courseId title description language region credits notionalHours status createdAt";

/** A page of the catalogue, `first` long. */
export const catalogueOf = (name: string, first: number): BenchQuery => ({
  name,
  title: `a catalogue page of ${first} with 10 fields and a where`,
  kind: "read",
  cases: () => nsqfLevels.flatMap((level) => languages.map((language) => ({ learner: null, plain: { level, language, first } }))),
  graph: {
    document: `query ${name}($first: Int!, $level: Float!, $language: String!) {
      courses(first: $first, where: { nsqfLevel: { eq: $level }, language: { eq: $language } }) { nodes { ${fields} } }
    }`,
    variables: (plain) => plain,
  },
  limit: {
    statement: ({ first }) => `
      select json_build_object('courses', json_build_object('nodes', coalesce(json_agg(page), '[]')))::text as answer
      from (
        select id, course_id as "courseId", title, description, language, region, credits, notional_hours as "notionalHours", status,
          created_at as "createdAt"
        from catalog.courses where status = 'active' and nsqf_level = $1::numeric and language = $2
        order by created_at desc, id desc limit ${Number(first)}) page`,
    parameters: ({ level, language }) => [level, language],
  },
  postgraphile: {
    document: `query ${name}($first: Int!, $level: BigFloat!, $language: String!) {
      courses(first: $first, condition: { status: "active", nsqfLevel: $level, language: $language }, orderBy: [CREATED_AT_DESC]) {
        nodes { ${fields.replace("id", "id: rowId")} }
      }
    }`,
    variables: ({ level, language, first }) => ({ first, level: String(level), language }),
  },
});
