import { nsqfLevels } from "../data/sizes.js";
import type { BenchQuery } from "./query.js";

const pages = ["a", "b", "c", "d", "e"];
const fields = "id courseId title language region credits notionalHours createdAt";

/** A page holds 100 at most: five pages, each of another level, in one operation. */
export const widePage: BenchQuery = {
  name: "Q4",
  title: "500 courses of 8 scalars, as five pages",
  kind: "read",
  cases: () =>
    Array.from({ length: 150 }, (_, index) => ({
      learner: null,
      plain: Object.fromEntries(pages.map((page, place) => [page, nsqfLevels[(index * 5 + place * (1 + (index % 3))) % nsqfLevels.length]])),
    })),
  graph: {
    document: `query Q4(${pages.map((page) => `$${page}: Float!`).join(", ")}) {
      ${pages.map((page) => `${page}: courses(first: 100, where: { nsqfLevel: { eq: $${page} } }) { nodes { ${fields} } }`).join("\n")}
    }`,
    variables: (plain) => plain,
  },
  limit: {
    statement: () => `select json_build_object(${pages
      .map((page, place) => `'${page}', json_build_object('nodes', (
        select coalesce(json_agg(page), '[]')
        from (
          select id, course_id as "courseId", title, language, region, credits, notional_hours as "notionalHours", created_at as "createdAt"
          from catalog.courses where status = 'active' and nsqf_level = $${place + 1}::numeric
          order by created_at desc, id desc limit 100) page))`)
      .join(", ")})::text as answer`,
    parameters: (plain) => pages.map((page) => plain[page]),
  },
  postgraphile: {
    document: `query Q4(${pages.map((page) => `$${page}: BigFloat!`).join(", ")}) {
      ${pages
        .map((page) => `${page}: courses(first: 100, condition: { status: "active", nsqfLevel: $${page} }, orderBy: [CREATED_AT_DESC]) {
          nodes { ${fields.replace("id", "id: rowId")} } }`)
        .join("\n")}
    }`,
    variables: (plain) => Object.fromEntries(pages.map((page) => [page, String(plain[page])])),
  },
};
