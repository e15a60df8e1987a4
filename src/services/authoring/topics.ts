import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import type { Database, Tx } from "../../db/client.js";
import { courses, modules, topics } from "../../db/tables/index.js";
import { inTransaction, type Work } from "../../db/unit-of-work.js";
import { bounds } from "../../graphql/bounds.js";
import { missing, reject } from "../../graphql/errors.js";
import { nodeId } from "../../graphql/node.js";
import type { Jobs } from "../../jobs/queue.js";
import { later, unchanged } from "../concurrency.js";
import { once, type Keyed } from "../idempotency.js";
import { check } from "../input.js";
import { afterRemoval, carryProgress } from "../progress/removal.js";
import {
  auditCourse, auditForeign, difference, lockModule, lockTopic, mustBeLive, touch, type ModuleRow, type TopicRow,
} from "./access.js";
import { exactly, live, placeAtEnd, renumber, room } from "./order.js";
import { changeOf, newTopic, topicChange } from "./rules.js";

type Listed = Pick<TopicRow, "id" | "orderIndex" | "archivedAt">;

/** All topics of a module in order, archived ones too, without their content. */
const topicsOf = (tx: Tx, moduleId: string): Promise<Listed[]> =>
  tx
    .select({ id: topics.id, orderIndex: topics.orderIndex, archivedAt: topics.archivedAt })
    .from(topics)
    .where(eq(topics.moduleId, moduleId))
    .orderBy(topics.orderIndex, topics.id);

async function changeTopic(tx: Tx, id: string, changes: Parameters<ReturnType<typeof tx.update<typeof topics>>["set"]>[0]): Promise<TopicRow> {
  const [row] = await tx.update(topics).set({ ...changes, updatedAt: later(topics.updatedAt) }).where(eq(topics.id, id)).returning();
  if (!row) throw new Error("The topic that was locked is missing");
  return row;
}

/** The list under the module changed, and with it the outline of the course. */
async function listChanged({ tx }: Work, ...parents: readonly ModuleRow[]): Promise<void> {
  for (const { id } of parents) await touch(tx, modules, id);
  const [first] = parents;
  if (first) await touch(tx, courses, first.courseId);
}

/**
 * Adds a topic at the end of a module.
 * @throws {Rejection} NOT_FOUND; LIMIT_REACHED at 20 live topics; CONFLICT when the module is archived.
 */
export async function createTopic(viewer: SignedIn, db: Database, input: object & Keyed): Promise<TopicRow> {
  const { moduleId, content, ...values } = check(newTopic, input);
  return once(db, viewer, "createTopic", input, async (work) => {
    const { tx } = work;
    const { course, module } = await lockModule(tx, viewer, moduleId, "moduleId");
    mustBeLive(module, "module", "moduleId");
    const rows = await topicsOf(tx, moduleId);
    room(rows, bounds.moduleTopics, "moduleId", "topics");
    const [topic] = await tx.insert(topics).values({ ...values, content: content ?? "", moduleId, orderIndex: placeAtEnd(live(rows)) }).returning();
    if (!topic) throw new Error("The topic was not written");
    await listChanged(work, module);
    await auditForeign(work, course, { action: "course.topic_created", entityType: "topic", entityId: topic.id, newValues: { title: topic.title } });
    return topic;
  });
}

/**
 * Changes a topic. Of an active course learners read the new content at once.
 * @throws {Rejection} NOT_FOUND; CONFLICT when somebody changed it meanwhile or it is archived.
 */
export async function updateTopic(viewer: SignedIn, db: Database, input: object): Promise<TopicRow> {
  const { id, expectedUpdatedAt, ...changes } = check(topicChange, input);
  return inTransaction(db, viewer, async (work) => {
    const { course, topic } = await lockTopic(work.tx, viewer, id);
    unchanged(topic, expectedUpdatedAt);
    mustBeLive(topic, "topic");
    const changed = await changeTopic(work.tx, id, changes);
    if (changed.title !== topic.title) await touch(work.tx, courses, course.id);
    await auditForeign(work, course, { action: "course.topic_updated", entityType: "topic", entityId: id, ...difference(topic, changes) });
    return changed;
  });
}

const rules = z.object(changeOf("Topic"));

/**
 * Takes a topic out of its course. Whoever completed it keeps that, and whoever had only this one left has completed
 * the module or the course; with many learners a job sees to that.
 * @throws {Rejection} NOT_FOUND; CONFLICT when somebody changed it meanwhile or it is archived already.
 */
export async function archiveTopic(viewer: SignedIn, db: Database, input: object, jobs: Jobs): Promise<TopicRow> {
  const { id, expectedUpdatedAt } = check(rules, input);
  return inTransaction(db, viewer, async (work) => {
    const { tx } = work;
    const { course, module, topic } = await lockTopic(tx, viewer, id);
    unchanged(topic, expectedUpdatedAt);
    mustBeLive(topic, "topic");
    return afterRemoval(work, course.id, jobs, async () => {
      const archived = await changeTopic(tx, id, { archivedAt: sql`now()` });
      await listChanged(work, module);
      await auditCourse(work, course, { action: "course.topic_archived", entityType: "topic", entityId: id });
      return archived;
    });
  });
}

/**
 * Puts an archived topic back into its module. Nobody's progress falls by it.
 * @throws {Rejection} NOT_FOUND; LIMIT_REACHED; CONFLICT when somebody changed it meanwhile, it is not archived, or its module is.
 */
export async function restoreTopic(viewer: SignedIn, db: Database, input: object): Promise<TopicRow> {
  const { id, expectedUpdatedAt } = check(rules, input);
  return inTransaction(db, viewer, async (work) => {
    const { tx } = work;
    const { course, module, topic } = await lockTopic(tx, viewer, id);
    unchanged(topic, expectedUpdatedAt);
    if (topic.archivedAt === null) throw reject("CONFLICT", "id", "This topic is not archived.");
    if (module.archivedAt !== null) throw reject("CONFLICT", "id", "Its module is archived; restore that first.");
    room(await topicsOf(tx, module.id), bounds.moduleTopics, "id", "topics");
    const restored = await changeTopic(tx, id, { archivedAt: null });
    await listChanged(work, module);
    await auditCourse(work, course, { action: "course.topic_restored", entityType: "topic", entityId: id });
    return restored;
  });
}

const orderRules = z.object({ ...changeOf("Module"), topicIds: z.array(nodeId("Topic")) });

/**
 * Puts the topics of a module in another order.
 * @throws {Rejection} NOT_FOUND; INVALID unless each live topic is given once; CONFLICT when somebody changed the module
 * meanwhile or it is archived.
 */
export async function reorderTopics(viewer: SignedIn, db: Database, input: object): Promise<ModuleRow> {
  const { id, expectedUpdatedAt, topicIds } = check(orderRules, input);
  return inTransaction(db, viewer, async (work) => {
    const { tx } = work;
    const { course, module } = await lockModule(tx, viewer, id);
    unchanged(module, expectedUpdatedAt);
    mustBeLive(module, "module");
    const rows = await topicsOf(tx, id);
    exactly(topicIds, rows, "topicIds");
    await renumber(tx, topics, topicIds);
    await listChanged(work, module);
    await auditForeign(work, course, {
      action: "course.topics_reordered", entityType: "module", entityId: id,
      oldValues: { topicIds: live(rows).map((row) => row.id) }, newValues: { topicIds },
    });
    const [changed] = await tx.select().from(modules).where(eq(modules.id, id));
    return changed ?? module;
  });
}

const moveRules = z.object({ ...changeOf("Topic"), moduleId: nodeId("Module") });

/**
 * Moves a topic to the end of another module of the same course. What learners did in it goes along.
 * @throws {Rejection} NOT_FOUND for the topic, and for a module that is not of the same course; LIMIT_REACHED; CONFLICT when
 * somebody changed the topic meanwhile, it or the module is archived, or it is there already.
 */
export async function moveTopic(viewer: SignedIn, db: Database, input: object, jobs: Jobs): Promise<TopicRow> {
  const { id, expectedUpdatedAt, moduleId } = check(moveRules, input);
  return inTransaction(db, viewer, async (work) => {
    const { tx } = work;
    const { course, module, topic } = await lockTopic(tx, viewer, id);
    unchanged(topic, expectedUpdatedAt);
    mustBeLive(topic, "topic");
    const [target] = await tx.select().from(modules).where(eq(modules.id, moduleId));
    if (target?.courseId !== course.id) throw missing("moduleId", "module in this course");
    mustBeLive(target, "module", "moduleId");
    if (target.id === module.id) throw reject("CONFLICT", "moduleId", "The topic is in this module already.");
    const rows = await topicsOf(tx, moduleId);
    room(rows, bounds.moduleTopics, "moduleId", "topics");
    return afterRemoval(work, course.id, jobs, async () => {
      const moved = await changeTopic(tx, id, { moduleId, orderIndex: placeAtEnd(live(rows)) });
      await carryProgress(tx, id, moduleId);
      await listChanged(work, module, target);
      await auditForeign(work, course, {
        action: "course.topic_moved", entityType: "topic", entityId: id, oldValues: { moduleId: module.id }, newValues: { moduleId },
      });
      return moved;
    });
  });
}
