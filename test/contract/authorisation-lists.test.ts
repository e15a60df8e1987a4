import { getNamedType } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestApp, type TestApp } from "../support/app.js";
import { expectedFields } from "./authorisation/expected-fields.js";
import { expectedRows, people, unlisted, type Person } from "./authorisation/expected-rows.js";
import { fieldsOf, nodeTypes } from "./authorisation/selection.js";
import { buildWorld, type World } from "./authorisation/world.js";

let app: TestApp;
let world: World;
const labels = new Map<string, string>();
beforeAll(async () => {
  app = await startTestApp();
  world = await buildWorld(app);
  for (const [label, id] of world.ids) labels.set(id, label);
});
afterAll(() => app.close());

interface Listed {
  totalCount: number;
  nodes: { id: string }[];
}

const allOf = (type: string): string[] => Object.keys(expectedRows).filter((label) => label.startsWith(`${type}:`));
const visibleOf = (wanted: readonly string[], person: Person): string[] =>
  wanted.filter((label) => expectedRows[label]?.sees.includes(person)).toSorted();

function expectListed(list: Listed, wanted: readonly string[]): void {
  expect(list.nodes.map(({ id }) => labels.get(id)).toSorted()).toEqual(wanted.toSorted());
  expect(list.totalCount).toBe(wanted.length);
}

/** Root lists that some may not ask for at all. */
const closed: Readonly<Record<string, Partial<Record<Person, string>>>> = {
  auditLogs: { asha: "FORBIDDEN", bina: "FORBIDDEN", tara: "FORBIDDEN", tilak: "FORBIDDEN", anonymous: "UNAUTHENTICATED" },
  jobs: { anonymous: "UNAUTHENTICATED" },
};

describe("a list at the root holds the visible rows and counts no others", () => {
  const roots = fieldsOf("Query").filter((field) => getNamedType(field.type).name.endsWith("Connection"));
  test.each(roots.flatMap(({ name, type }) => people.map((person) => ({ name, person, type: getNamedType(type).name.replace(/Connection$/, "") }))))(
    "$name for $person",
    async ({ name, person, type }) => {
      const { data, errors } = await world.ask(person, `{ ${name}(first: 100) { totalCount nodes { id } } }`);
      const code = closed[name]?.[person];
      if (code) expect({ data, code: errors?.[0]?.extensions.code }).toEqual({ data: { [name]: null }, code });
      else expectListed(data?.[name] as Listed, visibleOf(allOf(type), person).filter((label) => !unlisted.includes(label)));
    },
  );
});

const list = "{ totalCount nodes { id } }";
/** Where-clauses that fish for hidden rows: where the list stands, the clause, and all rows for which it holds. */
const fishing: readonly { within?: string; list: string; where: () => string; holds: readonly string[] }[] = [
  { list: "courses", where: () => "{ status: { eq: DRAFT } }", holds: ["Course: draft"] },
  { list: "courses", where: () => "{ NOT: { status: { eq: ACTIVE } } }", holds: ["Course: draft", "Course: archived"] },
  { list: "courses", where: () => "{ OR: [{ status: { eq: ACTIVE } }, { status: { oneOf: [DRAFT, ARCHIVED] } }] }", holds: allOf("Course") },
  { list: "courses", where: () => `{ courseId: { eq: "C-draft-draft-secret" } }`, holds: ["Course: draft"] },
  { list: "courses", where: () => `{ search: "archived-secret", courseId: { eq: "C-archived-archived-secret" } }`, holds: ["Course: archived"] },
  { list: "courses", where: () => `{ keyword: { oneOf: ["draft-secret", "archived-secret"] } }`, holds: ["Course: draft", "Course: archived"] },
  { within: "Provider: house", list: "courses", where: () => "{ status: { eq: DRAFT } }", holds: ["Course: draft"] },
  { within: "Skill: wiring", list: "courses", where: () => "{ status: { eq: ARCHIVED } }", holds: ["Course: archived"] },
  { within: "NsqfLevel: 4.5", list: "courses", where: () => "{ NOT: { status: { eq: ACTIVE } } }", holds: ["Course: draft", "Course: archived"] },
  { within: "User: tara", list: "createdCourses", where: () => "{ status: { oneOf: [DRAFT, ARCHIVED] } }", holds: ["Course: draft", "Course: archived"] },
  { within: "Course: open", list: "prerequisites", where: () => "{ status: { eq: DRAFT } }", holds: ["Course: draft"] },
  { within: "User: asha", list: "enrollments", where: () => "{ status: { eq: DROPPED } }", holds: ["Enrollment: asha dropped other"] },
  { within: "User: asha", list: "enrollments", where: () => `{ course: { oneOf: ["${world.id("Course: archived")}"] } }`, holds: ["Enrollment: asha in archived"] },
  { within: "User: asha", list: "enrollments", where: () => "{ NOT: { progressPercent: { eq: 1 } } }", holds: allOf("Enrollment").filter((label) => label.includes(" asha ")) },
  { within: "User: bina", list: "enrollments", where: () => "{ OR: [{ status: { eq: DROPPED } }, { status: { eq: IN_PROGRESS } }] }", holds: allOf("Enrollment").filter((label) => label.includes(" bina ")) },
  { within: "CareerPath: solar", list: "learners", where: () => "{ NOT: { status: { eq: COMPLETED } } }", holds: ["LearnerCareerPath: asha"] },
  { list: "quizzes", where: () => `{ course: { eq: "${world.id("Course: draft")}" } }`, holds: ["Quiz: draft"] },
  { list: "quizzes", where: () => `{ OR: [{ quizId: { eq: "quiz-archived-secret" } }, { quizId: { eq: "quiz-closed-secret" } }] }`, holds: ["Quiz: archived"] },
  { list: "quizzes", where: () => "{ NOT: { quizType: { eq: MODULE } } }", holds: ["Quiz: archived", "Quiz: other", "Quiz: practice"] },
  { within: "User: asha", list: "quizAttempts", where: () => "{ status: { eq: SUBMITTED } }", holds: ["QuizAttempt: asha open", "QuizAttempt: asha closed", "QuizAttempt: asha other"] },
  { within: "Quiz: other", list: "attempts", where: () => "{ NOT: { score: { eq: 1 } } }", holds: ["QuizAttempt: asha other", "QuizAttempt: bina other"] },
  { within: "User: asha", list: "assessmentResults", where: () => `{ course: { eq: "${world.id("Course: other")}" } }`, holds: ["AssessmentResult: asha other"] },
  { list: "jobs", where: () => `{ createdBy: { eq: "${world.id("User: asha")}" } }`, holds: ["Job: asha"] },
  { list: "jobs", where: () => `{ OR: [{ jobId: { eq: "job-asha-secret" } }, { jobId: { eq: "job-system-secret" } }] }`, holds: ["Job: asha", "Job: system"] },
  { list: "jobs", where: () => `{ NOT: { createdBy: { eq: "${world.id("User: asha")}" } } }`, holds: ["Job: tara", "Job: system"] },
  { list: "jobs", where: () => `{ course: { eq: "${world.id("Course: draft")}" } }`, holds: allOf("Job") },
];

describe("a filter finds only what its asker may see", () => {
  test.each(fishing.flatMap((catch_) => people.map((person) => ({ ...catch_, person, clause: catch_.where.toString().slice(6) }))))(
    "$within $list $clause for $person",
    async ({ within, list: name, where, holds, person }) => {
      if (within && !expectedRows[within]?.sees.includes(person)) return;
      const inner = `${name}(first: 100, where: ${where()}) ${list}`;
      const document = within ? `{ node(id: "${world.id(within)}") { ... on ${within.split(":")[0]} { ${inner} } } }` : `{ ${inner} }`;
      const { data, errors } = await world.ask(person, document);
      if (person === "anonymous" && name === "jobs") {
        expect(errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
        return;
      }
      expect(errors).toBeUndefined();
      const found = ((within ? data?.["node"] : data) as Record<string, Listed | null> | null | undefined)?.[name];
      if (found) expectListed(found, visibleOf(holds, person));
      else expect(["learners for anonymous", "attempts for anonymous"]).toContain(`${name} for ${person}`);
    },
  );
});

test("lists under Course.enrollments stay closed to teachers of other courses, whatever they filter by", async () => {
  const document = `query ($id: ID!) { course(id: $id) { enrollments(where: { NOT: { status: { eq: DROPPED } } }) { totalCount } } }`;
  const answers = await Promise.all(people.map(async (person) => [person, (await world.ask(person, document, { id: world.id("Course: open") })).data] as const));
  const none = { course: { enrollments: null } };
  const some = (totalCount: number) => ({ course: { enrollments: { totalCount } } });
  // The teacher sees the learners that are there, admins also the one whose account was deleted.
  expect(Object.fromEntries(answers)).toEqual({ asha: none, bina: none, tara: some(1), tilak: none, admin: some(2), anonymous: none });
});

describe("whichever way leads to a person, only the person and admins see more than the public profile", () => {
  const personal = (expectedFields["User"]?.owner ?? "").split(/\s+/).filter((field) => field !== "");
  const selection = fieldsOf("User")
    .filter((field) => personal.includes(field.name))
    .map((field) => {
      const type = getNamedType(field.type);
      if (type.name.endsWith("Connection")) return `${field.name} { totalCount }`;
      return "getFields" in type ? `${field.name} { __typename }` : field.name;
    });
  const ways = nodeTypes.flatMap(({ name: type }) =>
    fieldsOf(type).filter((field) => getNamedType(field.type).name === "User").map((field) => ({ type, field: field.name })),
  );

  test("there are such ways", () => expect(ways.length).toBeGreaterThan(15));

  test.each(ways)("$type.$field", async ({ type, field }) => {
    for (const person of people) {
      for (const label of visibleOf(allOf(type), person)) {
        const document = `query ($id: ID!) { node(id: $id) { ... on ${type} { ${field} { id ${selection.join(" ")} } } } }`;
        const { data, errors } = await world.ask(person, document, { id: world.id(label) });
        expect(errors).toBeUndefined();
        const user = ((data?.["node"] ?? {}) as Record<string, Record<string, unknown> | null>)[field];
        if (!user || person === "admin" || labels.get(String(user["id"])) === `User: ${person}`) continue;
        const shown = personal.filter((name) => user[name] !== null);
        expect({ person, label, shown }).toEqual({ person, label, shown: [] });
      }
    }
  });
});
