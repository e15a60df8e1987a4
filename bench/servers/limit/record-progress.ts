import type postgres from "postgres";
import { v7 as uuidv7 } from "uuid";
import * as text from "./record-progress.sql.js";

/**
 * What `recordTopicProgress` does when a topic is completed that completes neither its module nor its course, by
 * hand: one transaction under the learner's lock, that writes progress of topic, module and course, the enrollment,
 * the streak's event, day and counters, the ledger and the balance of points, and the event for subscribers, and
 * announces it. Statements that do not need each other's answers are sent together: three round trips in all.
 *
 * It leaves out what the data never needs: a day that begins a streak, milestones of paths, the end of a course.
 * Where one of these would be needed it fails, rather than doing less than the product.
 * @returns the JSON text of `data`.
 */
export async function recordTopicProgress(sql: postgres.Sql, userId: string, topicId: string): Promise<string> {
  const connection = await sql.reserve();
  const run = <Row extends object>(statement: string, parameters: (string | number)[] = []) =>
    connection.unsafe<Row[]>(statement, parameters, { prepare: true });
  try {
    const [, , [place]] = await Promise.all([run("begin"), run(text.lock, [`progress:${userId}`]), run<Place>(text.place, [topicId, userId])]);
    if (!place || place.topicDone) throw new Error("The topic is completed, or in no course of the learner");
    const { courseId, moduleId, enrollmentId } = place;
    const [[topic], [outline], paths] = await Promise.all([
      run<Grain>(text.raise, [uuidv7(), userId, courseId, moduleId, topicId, 100]),
      run<Outline>(text.outline, [userId, courseId, moduleId]),
      run(text.pathsWithCourse, [userId, courseId]),
    ]);
    if (!topic || !outline || paths.length > 0) throw new Error("The data asks for more than this server does");
    const module = Math.floor((100 * outline.moduleDone) / outline.moduleLive);
    const course = Math.floor((100 * outline.done) / outline.live);
    if (module === 100 || course === 100) throw new Error("The data asks for more than this server does");
    const now = new Date().toISOString();
    const [, [day], , , , , , [enrollment]] = await Promise.all([
      run(text.raiseWhole, [uuidv7(), userId, courseId, moduleId, module, uuidv7(), course]),
      run(text.streakDay, [userId, now]),
      run(text.streakEvent, [uuidv7(), userId, topicId, now]),
      run(text.streakCounters, [userId]),
      run(text.ledger, [uuidv7(), userId, topicId]),
      run(text.balance, [userId]),
      run(text.lock, [`enrollments:${userId}`]),
      run<Grain>(text.enrollment, [enrollmentId, course]),
      run(text.announce, [`enrollments:${userId}`]),
      run("commit"),
    ]);
    if (!day || !enrollment) throw new Error("The streak has no day to add to, or the enrollment is gone");
    return JSON.stringify({ recordTopicProgress: { contentProgress: topic, enrollment, pointsEarned: 10, errors: [] } });
  } catch (error) {
    await run("rollback");
    throw error;
  } finally {
    connection.release();
  }
}

interface Place {
  courseId: string;
  moduleId: string;
  enrollmentId: string;
  topicDone: boolean;
}

interface Grain {
  status: string;
  progressPercent: number;
}

interface Outline {
  live: number;
  done: number;
  moduleLive: number;
  moduleDone: number;
}
