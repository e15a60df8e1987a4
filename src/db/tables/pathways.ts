import { sql } from "drizzle-orm";
import {
  boolean, char, check, index, integer, jsonb, numeric, primaryKey, text, unique,
} from "drizzle-orm/pg-core";
import {
  atLeast, belongsTo, between, bigInteger, createdAt, fraction, id, newestFirst, oneOf, percent, refersTo,
  timestamps, trigram,
} from "../columns.js";
import { demandLevels, milestoneTypes, salaryPeriods } from "../value-sets.js";
import { courses, providers, skills } from "./catalog.js";
import { users } from "./identity.js";
import { pathwaysSchema } from "./schemas.js";

/** A kind of job; its salary as a label for people and in paise for filters. */
export const jobRoles = pathwaysSchema.table(
  "job_roles",
  {
    id: id(),
    title: text("title").notNull(),
    slug: text("slug").notNull().unique("job_roles_slug_key"),
    description: text("description"),
    typicalSalaryRange: text("typical_salary_range"),
    salaryMinMinor: bigInteger("salary_min_minor"),
    salaryMaxMinor: bigInteger("salary_max_minor"),
    salaryCurrency: char("salary_currency", { length: 3 }).notNull().default("INR"),
    salaryPeriod: text("salary_period", { enum: salaryPeriods }).notNull().default("year"),
    industry: text("industry"),
    demandLevel: text("demand_level", { enum: demandLevels }),
    ...timestamps(),
  },
  (t) => [
    atLeast("job_roles_salary_min_minor_ck0", t.salaryMinMinor, 0),
    atLeast("job_roles_salary_max_minor_ck1", t.salaryMaxMinor, 0),
    oneOf("job_roles_salary_period_ck2", t.salaryPeriod, salaryPeriods),
    oneOf("job_roles_demand_level_ck3", t.demandLevel, demandLevels),
    check("job_roles_row_ck4", sql`salary_max_minor >= salary_min_minor`),
    index("idx_job_roles_industry_demand_level").on(t.industry, t.demandLevel),
    index("idx_job_roles_title_id").on(t.title, t.id),
    trigram("idx_job_roles_title_trgm", t.title),
  ],
);

/** How much of a skill a role asks for, and how heavily it counts. */
export const jobRoleSkills = pathwaysSchema.table(
  "job_role_skills",
  {
    jobRoleId: belongsTo("job_role_id", () => jobRoles.id),
    skillId: belongsTo("skill_id", () => skills.id),
    requiredLevel: percent("required_level").notNull().default("70"),
    weight: numeric("weight", { precision: 4, scale: 2 }).notNull().default("1"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: "job_role_skills_pkey", columns: [t.jobRoleId, t.skillId] }),
    between("job_role_skills_required_level_ck0", t.requiredLevel, 0, 100),
    between("job_role_skills_weight_ck1", t.weight, 1, 3),
    index("idx_job_role_skills_skill_id").on(t.skillId),
  ],
);

/** A way to a job role, in milestones. */
export const careerPaths = pathwaysSchema.table(
  "career_paths",
  {
    id: id(),
    jobRoleId: belongsTo("job_role_id", () => jobRoles.id),
    title: text("title").notNull(),
    durationMonthsMin: integer("duration_months_min"),
    durationMonthsMax: integer("duration_months_max"),
    levelStart: text("level_start"),
    levelEnd: text("level_end"),
    isTemplate: boolean("is_template").notNull().default(true),
    ...timestamps(),
  },
  (t) => [
    atLeast("career_paths_duration_months_min_ck0", t.durationMonthsMin, 0),
    atLeast("career_paths_duration_months_max_ck1", t.durationMonthsMax, 0),
    check("career_paths_row_ck2", sql`duration_months_max >= duration_months_min`),
    index("idx_career_paths_job_role_id").on(t.jobRoleId),
    index("idx_career_paths_title_id").on(t.title, t.id),
    index("idx_career_paths_is_template").on(t.isTemplate),
  ],
);

/** A step of a career path; salary and companies belong to the step `job` only. */
export const pathMilestones = pathwaysSchema.table(
  "path_milestones",
  {
    id: id(),
    careerPathId: belongsTo("career_path_id", () => careerPaths.id),
    sequence: integer("sequence").notNull(),
    title: text("title").notNull(),
    type: text("type", { enum: milestoneTypes }).notNull(),
    description: text("description"),
    durationWeeks: integer("duration_weeks"),
    providerId: refersTo("provider_id", () => providers.id),
    courseId: refersTo("course_id", () => courses.id),
    level: text("level"),
    resources: text("resources"),
    nextSteps: jsonb("next_steps").notNull().default([]),
    salaryInfo: text("salary_info"),
    companies: jsonb("companies"),
    ...timestamps(),
  },
  (t) => [
    unique("path_milestones_career_path_id_sequence_key").on(t.careerPathId, t.sequence),
    atLeast("path_milestones_sequence_ck0", t.sequence, 1),
    oneOf("path_milestones_type_ck1", t.type, milestoneTypes),
    atLeast("path_milestones_duration_weeks_ck2", t.durationWeeks, 0),
    check("path_milestones_row_ck3", sql`type = 'job' or (salary_info is null and companies is null)`),
    index("idx_path_milestones_type").on(t.type),
    index("idx_path_milestones_provider_id_fk").on(t.providerId),
    index("idx_path_milestones_course_id_fk").on(t.courseId),
  ],
);

/** A skill that a milestone builds. */
export const pathMilestoneSkills = pathwaysSchema.table(
  "path_milestone_skills",
  {
    pathMilestoneId: belongsTo("path_milestone_id", () => pathMilestones.id),
    skillId: belongsTo("skill_id", () => skills.id),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: "path_milestone_skills_pkey", columns: [t.pathMilestoneId, t.skillId] }),
    index("idx_path_milestone_skills_skill_id").on(t.skillId),
  ],
);

/** What a model expects as a person's next role. */
export const careerOutlooks = pathwaysSchema.table(
  "career_outlooks",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    currentRoleTitle: text("current_role_title"),
    nextRoleTitle: text("next_role_title"),
    nextJobRoleId: refersTo("next_job_role_id", () => jobRoles.id),
    gapScore: percent("gap_score"),
    gapAnalysis: text("gap_analysis"),
    recommendedCoursesNote: text("recommended_courses_note"),
    aiConfidenceScore: fraction("ai_confidence_score").notNull().default("0.80"),
    modelVersion: text("model_version"),
    ...timestamps(),
  },
  (t) => [
    between("career_outlooks_gap_score_ck0", t.gapScore, 0, 100),
    between("career_outlooks_ai_confidence_score_ck1", t.aiConfidenceScore, 0, 1),
    index("idx_career_outlooks_user_id_updated_at").on(t.userId, newestFirst(t.updatedAt)),
    index("idx_career_outlooks_next_job_role_id_fk").on(t.nextJobRoleId),
  ],
);
