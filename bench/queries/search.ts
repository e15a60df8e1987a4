import { languages } from "../data/sizes.js";
import type { BenchQuery } from "./query.js";

const regions = Array.from({ length: 20 }, (_, index) => `Region ${index + 1}`);

/** The few rows that the conditions leave are looked for once, then counted and sorted. */
const statementOf = (order: string) => `
  with listed as materialized (
    select id, title, language, provider_id from catalog.courses where status = 'active' and language = $1 and region = $2)
  select json_build_object('courses', json_build_object(
    'totalCount', (select count(*) from listed),
    'pageInfo', json_build_object('hasNextPage', count(*) > 20),
    'nodes', coalesce(json_agg(node) filter (where place <= 20), '[]')))::text as answer
  from (
    select row_number() over () as place, json_build_object('id', page.id, 'title', page.title, 'language', page.language,
      'provider', (select json_build_object('name', p.name) from catalog.providers p where p.id = page.provider_id)) as node
    from (select * from listed order by ${order} limit 21) page) numbered`;

const [ascending, descending] = [statementOf("title, id"), statementOf("title desc, id desc")];

export const search: BenchQuery = {
  name: "Q5",
  title: "a filtered and ordered page of 20 with totalCount",
  kind: "read",
  cases: () =>
    languages.flatMap((language) =>
      regions.flatMap((region) => ["ASC", "DESC"].map((direction) => ({ learner: null, plain: { language, region, direction } }))),
    ),
  graph: {
    document: `query Q5($language: String!, $region: String!, $direction: SortDirection!) {
      courses(first: 20, where: { language: { eq: $language }, region: { eq: $region } }, orderBy: { field: TITLE, direction: $direction }) {
        totalCount pageInfo { hasNextPage } nodes { id title language provider { name } }
      }
    }`,
    variables: (plain) => plain,
  },
  limit: {
    statement: ({ direction }) => (direction === "ASC" ? ascending : descending),
    parameters: ({ language, region }) => [language, region],
  },
  postgraphile: {
    document: `query Q5($language: String!, $region: String!, $order: [CourseOrderBy!]!) {
      courses(first: 20, condition: { status: "active", language: $language, region: $region }, orderBy: $order) {
        totalCount pageInfo { hasNextPage } nodes { id: rowId title language provider { name } }
      }
    }`,
    variables: ({ language, region, direction }) => ({ language, region, order: [`TITLE_${String(direction)}`] }),
  },
};
