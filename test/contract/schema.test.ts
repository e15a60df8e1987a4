import { readFile } from "node:fs/promises";
import { getTableColumns } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { getNamedType, isLeafType, isNonNullType, isObjectType, type GraphQLSchema } from "graphql";
import { beforeAll, expect, test } from "vitest";
import type { Policy } from "../../src/auth/policy.js";
import * as tables from "../../src/db/tables/index.js";
import { printedSchema } from "../../src/graphql/print-schema.js";
import { createSchema } from "../../src/graphql/schema.js";
import { nodeLoaders } from "../../src/resolvers/nodes.js";
import { resolvers } from "../../src/resolvers/index.js";

let schema: GraphQLSchema;
beforeAll(() => {
  schema = createSchema(resolvers);
});

/** Whose rows a type shows. Every node type must be here; types without an id may. */
const tableOf: Record<string, PgTable> = {
  AuthSession: tables.authSessions,
  CareerPath: tables.careerPaths,
  Certification: tables.certifications,
  Course: tables.courses,
  CourseSkill: tables.courseSkills,
  CourseVersion: tables.courseVersions,
  EducationRecord: tables.educationRecords,
  Enrollment: tables.enrollments,
  LearnerGoal: tables.goals,
  LearnerInterest: tables.interests,
  Job: tables.jobQueue,
  JobEvent: tables.jobEvents,
  JobRole: tables.jobRoles,
  JobRoleSkill: tables.jobRoleSkills,
  LearnerCareerPath: tables.learnerCareerPaths,
  LearnerProfile: tables.profiles,
  Module: tables.modules,
  NsqfLevel: tables.nsqfLevels,
  PathMilestone: tables.pathMilestones,
  Provider: tables.providers,
  Psychographics: tables.psychographics,
  Skill: tables.skills,
  SkillMastery: tables.skillMastery,
  SkillProficiency: tables.skillProficiencies,
  Topic: tables.topics,
  User: tables.users,
  UserContact: tables.userContacts,
  UserPreferences: tables.userPreferences,
  UserStreak: tables.userStreaks,
};

/** Fields with one of these policies hide nothing from those who hold the row. */
const open = new Set<Policy | undefined>(["public", "course", undefined]);

test("schema.graphql is what the resolvers build; `npm run schema:print` writes it", async () => {
  const committed = await readFile(new URL("../../schema.graphql", import.meta.url), "utf8");
  expect(printedSchema(schema) === committed, "schema.graphql is out of date").toBe(true);
});

test("every node type names its table here", () => {
  expect(Object.keys(nodeLoaders).filter((type) => !Object.hasOwn(tableOf, type))).toEqual([]);
});

test("a field is nullable exactly when its column is", () => {
  const wrong: string[] = [];
  for (const [name, table] of Object.entries(tableOf)) {
    const type = schema.getType(name);
    const columns = getTableColumns(table);
    for (const field of isObjectType(type) ? Object.values(type.getFields()) : []) {
      const column = columns[field.name];
      const compared = column && isLeafType(getNamedType(field.type)) && open.has(field.extensions["policy"] as Policy | undefined);
      if (compared && isNonNullType(field.type) !== column.notNull) wrong.push(`${name}.${field.name}`);
    }
  }
  expect(wrong).toEqual([]);
});
