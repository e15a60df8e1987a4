import { afterAll, beforeAll, expect, test } from "vitest";
import { jobRoleSkills, pathMilestoneSkills } from "../../src/db/tables/index.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { startTestApp, type TestApp } from "../support/app.js";
import { aCareerPath, aCourse, aJobRole, aMilestone, aProvider, aSkill } from "../support/builders.js";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

async function aRoadMap() {
  const role = await aJobRole(app.db, {
    description: "Mounts panels", typicalSalaryRange: "₹2.4 to 3.6 lakh a year", salaryMinMinor: 24_000_000,
    salaryMaxMinor: 36_000_000, industry: "Power", demandLevel: "high",
  });
  const path = await aCareerPath(app.db, {
    jobRoleId: role.id, title: `Way ${role.slug}`, durationMonthsMin: 6, durationMonthsMax: 9, levelStart: "NSQF 3", levelEnd: "NSQF 5",
  });
  const provider = await aProvider(app.db);
  const course = await aCourse(app.db);
  const skill = await aSkill(app.db);
  const job = await aMilestone(app.db, {
    careerPathId: path.id, sequence: 2, type: "job", title: "Work", salaryInfo: "₹20,000 a month", companies: ["Surya Works"],
  });
  const study = await aMilestone(app.db, {
    careerPathId: path.id, sequence: 1, type: "course", title: "Study", description: "Learn it", durationWeeks: 8,
    providerId: provider.id, courseId: course.id, level: "NSQF 4", resources: "A ladder", nextSteps: ["Apply"],
  });
  await app.db.insert(jobRoleSkills).values({ jobRoleId: role.id, skillId: skill.id, requiredLevel: "65.50", weight: "2" });
  await app.db.insert(pathMilestoneSkills).values({ pathMilestoneId: study.id, skillId: skill.id });
  return { role, path, provider, course, skill, job, study };
}

test("a job role leads down to skills and courses, and every edge leads back", async () => {
  const { role, path, provider, course, skill } = await aRoadMap();
  const { data, errors } = await app.query<{ jobRole: object }>(
    `query ($id: ID!) { jobRole(id: $id) {
      id title slug description typicalSalaryRange salaryMinMinor salaryMaxMinor salaryCurrency salaryPeriod industry demandLevel
      skills { requiredLevel weight jobRole { slug } skill { name jobRoles(first: 2) { nodes { slug } } milestones(first: 2) { totalCount nodes { title } } } }
      careerPaths(first: 2) { nodes {
        title durationMonthsMin durationMonthsMax levelStart levelEnd isTemplate jobRole { slug }
        milestones {
          sequence title type description durationWeeks level resources nextSteps salaryInfo companies
          careerPath { title } provider { name milestones(first: 2) { nodes { title } } } course { courseId milestones(first: 2) { nodes { title } } } skills { name }
        } } } } }`,
    { id: toGlobalId("JobRole", role.id) },
  );
  expect(errors).toBeUndefined();
  const study = { nodes: [{ title: "Study" }] };
  expect(data.jobRole).toEqual({
    id: toGlobalId("JobRole", role.id), title: role.title, slug: role.slug, description: "Mounts panels",
    typicalSalaryRange: "₹2.4 to 3.6 lakh a year", salaryMinMinor: 24_000_000, salaryMaxMinor: 36_000_000,
    salaryCurrency: "INR", salaryPeriod: "YEAR", industry: "Power", demandLevel: "HIGH",
    skills: [
      {
        requiredLevel: 65.5, weight: 2, jobRole: { slug: role.slug },
        skill: { name: skill.name, jobRoles: { nodes: [{ slug: role.slug }] }, milestones: { totalCount: 1, ...study } },
      },
    ],
    careerPaths: {
      nodes: [
        {
          title: path.title, durationMonthsMin: 6, durationMonthsMax: 9, levelStart: "NSQF 3", levelEnd: "NSQF 5",
          isTemplate: true, jobRole: { slug: role.slug },
          milestones: [
            {
              sequence: 1, title: "Study", type: "COURSE", description: "Learn it", durationWeeks: 8, level: "NSQF 4",
              resources: "A ladder", nextSteps: ["Apply"], salaryInfo: null, companies: null, careerPath: { title: path.title },
              provider: { name: provider.name, milestones: study }, course: { courseId: course.courseId, milestones: study },
              skills: [{ name: skill.name }],
            },
            {
              sequence: 2, title: "Work", type: "JOB", description: null, durationWeeks: null, level: null, resources: null,
              nextSteps: [], salaryInfo: "₹20,000 a month", companies: ["Surya Works"], careerPath: { title: path.title },
              provider: null, course: null, skills: [],
            },
          ],
        },
      ],
    },
  });
});

test("career paths are found by title, role, skill and length", async () => {
  const { role, path, skill } = await aRoadMap();
  const { data, errors } = await app.query<Record<string, { nodes: object[] }>>(
    `query ($role: ID!, $skill: ID!, $title: String!) {
      title: careerPaths(where: {search: $title}) { nodes { title } }
      role: careerPaths(where: {jobRole: {eq: $role}}) { nodes { title } }
      skill: careerPaths(where: {skill: {oneOf: [$skill]}, durationMonthsMax: {range: {lte: 9}}}) { nodes { title } }
      longer: careerPaths(where: {skill: {eq: $skill}, durationMonthsMin: {range: {gte: 7}}}) { nodes { title } }
      variants: careerPaths(where: {isTemplate: {eq: false}}) { nodes { title } }
    }`,
    { role: toGlobalId("JobRole", role.id), skill: toGlobalId("Skill", skill.id), title: role.slug.slice(-8) },
  );
  expect(errors).toBeUndefined();
  const found = { nodes: [{ title: path.title }] };
  expect(data).toMatchObject({ role: found, skill: found, longer: { nodes: [] }, variants: { nodes: [] } });
  expect(data["title"]?.nodes).toContainEqual({ title: path.title });
});

test("the steps that build a skill can be narrowed by kind and path", async () => {
  const { path, skill, job } = await aRoadMap();
  await app.db.insert(pathMilestoneSkills).values({ pathMilestoneId: job.id, skillId: skill.id });
  const { data, errors } = await app.query<{ skill: object }>(
    `query ($id: ID!, $path: ID!) { skill(id: $id) {
      jobs: milestones(where: {type: {eq: JOB}, careerPath: {eq: $path}}) { nodes { title } }
      last: milestones(last: 1) { nodes { sequence } pageInfo { hasPreviousPage } } } }`,
    { id: toGlobalId("Skill", skill.id), path: toGlobalId("CareerPath", path.id) },
  );
  expect(errors).toBeUndefined();
  expect(data.skill).toEqual({
    jobs: { nodes: [{ title: "Work" }] },
    last: { nodes: [{ sequence: 2 }], pageInfo: { hasPreviousPage: true } },
  });
});
