import { sql } from "drizzle-orm";
import {
  boolean, check, index, integer, jsonb, numeric, primaryKey, smallint, text, unique, uuid,
} from "drizzle-orm/pg-core";
import {
  atLeast, belongsTo, between, bigInteger, citext, createdAt, id, instant, newestFirst, oneOf, percent,
  refersTo, timestamps, trigram,
} from "../columns.js";
import { courseStatuses, fileStatuses, fileTypes, skillCategories } from "../value-sets.js";
import { users } from "./identity.js";
import { jobQueue } from "./ops.js";
import { catalogSchema } from "./schemas.js";

/** The national qualification ladder, half levels included, by its natural key. */
export const nsqfLevels = catalogSchema.table(
  "nsqf_levels",
  {
    level: numeric("level", { precision: 3, scale: 1 }).primaryKey(),
    description: text("description").notNull(),
    typicalEntry: text("typical_entry"),
    ...timestamps(),
  },
  () => [
    check("nsqf_levels_level_ck0", sql`level between 1 and 10 and level * 2 = trunc(level * 2)`),
  ],
);

/** Who offers courses. */
export const providers = catalogSchema.table(
  "providers",
  {
    id: id(),
    name: text("name").notNull(),
    slug: text("slug").notNull().unique("providers_slug_key"),
    region: text("region"),
    websiteUrl: text("website_url"),
    isNsqfAligned: boolean("is_nsqf_aligned").notNull().default(true),
    ...timestamps(),
  },
  (t) => [
    index("idx_providers_region").on(t.region),
    index("idx_providers_name_id").on(t.name, t.id),
    trigram("idx_providers_name_trgm", t.name),
  ],
);

/** A canonical skill; names differ by more than case. */
export const skills = catalogSchema.table(
  "skills",
  {
    id: id(),
    name: citext("name").notNull().unique("skills_name_key"),
    category: text("category", { enum: skillCategories }),
    keywords: text("keywords").array().notNull().default([]),
    ...timestamps(),
  },
  (t) => [
    oneOf("skills_category_ck0", t.category, skillCategories),
    index("idx_skills_category").on(t.category),
    index("idx_skills_keywords").using("gin", t.keywords),
  ],
);

/** Register entries and teacher-made courses alike. `enrollment_count` and `completion_rate` are caches. */
export const courses = catalogSchema.table(
  "courses",
  {
    id: id(),
    courseId: text("course_id").notNull().unique("courses_course_id_key"),
    courseNumber: integer("course_number").unique("courses_course_number_key"),
    title: text("title").notNull(),
    description: text("description"),
    nsqfLevel: numeric("nsqf_level", { precision: 3, scale: 1 })
      .references(() => nsqfLevels.level, { onDelete: "restrict" }),
    credits: numeric("credits", { precision: 5, scale: 2 }),
    notionalHours: integer("notional_hours"),
    durationMonths: integer("duration_months"),
    language: text("language").notNull().default("en"),
    region: text("region"),
    providerId: refersTo("provider_id", () => providers.id),
    createdById: refersTo("created_by_id", () => users.id),
    status: text("status", { enum: courseStatuses }).notNull().default("active"),
    version: integer("version").notNull().default(1),
    keywords: text("keywords").array().notNull().default([]),
    enrollmentCount: integer("enrollment_count").notNull().default(0),
    completionRate: percent("completion_rate"),
    metadata: jsonb("metadata").notNull().default({}),
    ...timestamps(),
  },
  (t) => [
    atLeast("courses_credits_ck0", t.credits, 0),
    atLeast("courses_notional_hours_ck1", t.notionalHours, 0),
    atLeast("courses_duration_months_ck2", t.durationMonths, 1),
    oneOf("courses_status_ck3", t.status, courseStatuses),
    atLeast("courses_version_ck4", t.version, 1),
    atLeast("courses_enrollment_count_ck5", t.enrollmentCount, 0),
    between("courses_completion_rate_ck6", t.completionRate, 0, 100),
    index("idx_courses_nsqf_level_region").on(t.nsqfLevel, t.region),
    index("idx_courses_provider_id").on(t.providerId),
    index("idx_courses_created_by_id_created_at").on(t.createdById, newestFirst(t.createdAt)),
    index("idx_courses_status").on(t.status),
    index("idx_courses_created_at").on(newestFirst(t.createdAt)),
    index("idx_courses_language").on(t.language),
    index("idx_courses_keywords").using("gin", t.keywords),
    index("idx_courses_metadata").using("gin", t.metadata),
    index("idx_courses_title_id").on(t.title, t.id),
    index("idx_courses_enrollment_count_id").on(t.enrollmentCount, t.id),
    index("idx_courses_nsqf_level_title_id").on(t.nsqfLevel, t.title, t.id),
    index("idx_courses_nsqf_level_created_at_id").on(t.nsqfLevel, newestFirst(t.createdAt), newestFirst(t.id)),
    trigram("idx_courses_title_trgm", t.title),
  ],
);

/** Another spelling that resolves to one skill. */
export const skillAliases = catalogSchema.table(
  "skill_aliases",
  {
    alias: citext("alias").primaryKey(),
    skillId: belongsTo("skill_id", () => skills.id),
    createdAt: createdAt(),
  },
  (t) => [
    index("idx_skill_aliases_skill_id").on(t.skillId),
  ],
);

/** A course that should come before another. */
export const coursePrerequisites = catalogSchema.table(
  "course_prerequisites",
  {
    courseId: belongsTo("course_id", () => courses.id),
    prerequisiteId: belongsTo("prerequisite_id", () => courses.id),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: "course_prerequisites_pkey", columns: [t.courseId, t.prerequisiteId] }),
    check("course_prerequisites_row_ck0", sql`course_id <> prerequisite_id`),
    index("idx_course_prerequisites_prerequisite_id").on(t.prerequisiteId),
  ],
);

/** An outline as it was published, so that an enrollment can tell what changed since. */
export const courseVersions = catalogSchema.table(
  "course_versions",
  {
    id: id(),
    courseId: belongsTo("course_id", () => courses.id),
    version: integer("version").notNull(),
    outline: jsonb("outline").notNull(),
    publishedById: refersTo("published_by_id", () => users.id),
    publishedAt: instant("published_at").notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("course_versions_course_id_version_key").on(t.courseId, t.version),
    atLeast("course_versions_version_ck0", t.version, 1),
    index("idx_course_versions_published_by_id_fk").on(t.publishedById),
  ],
);

/** A skill that a course teaches, as its main subject or beside it. */
export const courseSkills = catalogSchema.table(
  "course_skills",
  {
    courseId: belongsTo("course_id", () => courses.id),
    skillId: belongsTo("skill_id", () => skills.id),
    isPrimary: boolean("is_primary").notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: "course_skills_pkey", columns: [t.courseId, t.skillId] }),
    index("idx_course_skills_skill_id").on(t.skillId),
  ],
);

/** A week of a course. Archived instead of deleted: what was completed stays completed. */
export const modules = catalogSchema.table(
  "modules",
  {
    id: id(),
    courseId: belongsTo("course_id", () => courses.id),
    week: smallint("week").notNull(),
    title: text("title").notNull(),
    description: text("description"),
    learningObjectives: text("learning_objectives").array().notNull().default([]),
    orderIndex: integer("order_index"),
    archivedAt: instant("archived_at"),
    ...timestamps(),
  },
  (t) => [
    unique("modules_course_id_week_key").on(t.courseId, t.week),
    atLeast("modules_week_ck0", t.week, 1),
    atLeast("modules_order_index_ck1", t.orderIndex, 0),
    index("idx_modules_week").on(t.week),
    index("idx_modules_course_id_order_index").on(t.courseId, t.orderIndex),
  ],
);

/** A page of a module, Markdown or HTML. Archived instead of deleted. */
export const topics = catalogSchema.table(
  "topics",
  {
    id: id(),
    moduleId: belongsTo("module_id", () => modules.id),
    title: text("title").notNull(),
    content: text("content").notNull(),
    orderIndex: integer("order_index"),
    estimatedMinutes: integer("estimated_minutes"),
    archivedAt: instant("archived_at"),
    ...timestamps(),
  },
  (t) => [
    atLeast("topics_order_index_ck0", t.orderIndex, 0),
    atLeast("topics_estimated_minutes_ck1", t.estimatedMinutes, 0),
    index("idx_topics_module_id_order_index").on(t.moduleId, t.orderIndex),
    index("idx_topics_order_index").on(t.orderIndex),
  ],
);

/** An uploaded document; it has no course until one was made from it. */
export const sourceFiles = catalogSchema.table(
  "source_files",
  {
    id: id(),
    fileId: text("file_id").notNull().unique("source_files_file_id_key"),
    courseId: uuid("course_id").references(() => courses.id, { onDelete: "cascade" }),
    jobId: refersTo("job_id", () => jobQueue.id),
    uploadedById: refersTo("uploaded_by_id", () => users.id),
    filename: text("filename").notNull(),
    filePath: text("file_path"),
    fileSizeBytes: bigInteger("file_size_bytes"),
    fileType: text("file_type", { enum: fileTypes }),
    checksum: text("checksum"),
    status: text("status", { enum: fileStatuses }).notNull().default("staged"),
    expiresAt: instant("expires_at"),
    uploadedAt: instant("uploaded_at").notNull().defaultNow(),
    ...timestamps(),
  },
  (t) => [
    atLeast("source_files_file_size_bytes_ck0", t.fileSizeBytes, 0),
    oneOf("source_files_file_type_ck1", t.fileType, fileTypes),
    check("source_files_checksum_ck2", sql`checksum ~ '^[0-9a-f]{64}$'`),
    oneOf("source_files_status_ck3", t.status, fileStatuses),
    index("idx_source_files_course_id").on(t.courseId),
    index("idx_source_files_uploaded_by_id").on(t.uploadedById),
    index("idx_source_files_checksum").on(t.checksum),
    index("idx_source_files_job_id_fk").on(t.jobId),
  ],
);
