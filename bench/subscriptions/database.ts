import "reflect-metadata";
import { randomBytes } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import postgres from "postgres";
import { createTokens } from "../../src/auth/tokens.js";
import { anonymous } from "../../src/auth/viewer.js";
import { openPostgres } from "../../src/db/engines/postgres.js";
import { migrateUp } from "../../src/db/migrate.js";
import { jobQueue } from "../../src/db/tables/index.js";
import { inTransaction } from "../../src/db/unit-of-work.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { aJob, aUser } from "../../test/support/builders.js";
import { jobMessage } from "./scenario.js";

/** Signs the token of the one synthetic account. */
export const jwtSecret = "the bench signs its tokens with this, and guards nothing with it";

/** A private database with one account that asked for jobs. */
export interface Changes {
  url: string;
  token: string;
  /** A new job; `after` is a position from which the next `room` positions are all valid, with nothing behind them. */
  job(room: number): Promise<{ key: string; id: string; after: number }>;
  /** Writes a change of the job and commits it, as a worker in another process does. */
  change(key: string): Promise<void>;
  drop(): Promise<void>;
}

/** Makes and migrates a database of its own on the server at `serverUrl`. */
export async function openChanges(serverUrl: string): Promise<Changes> {
  const name = `disha_fanout_${randomBytes(4).toString("hex")}`;
  const admin = postgres(serverUrl, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const engine = await openPostgres(url.toString());
  const { db } = engine;
  await migrateUp(db);
  const { user, sessionId } = await aUser(db);
  const { token } = await createTokens(jwtSecret).issue({ userId: user.id, sessionId });
  let changes = 0;
  const change = (key: string) =>
    inTransaction(db, anonymous(), async (work) => {
      const [job] = await work.tx
        .update(jobQueue)
        .set({ progress: ++changes % 100, status: "processing", message: jobMessage })
        .where(eq(jobQueue.id, key))
        .returning();
      work.publish({ topic: `job:${key}`, entityType: "job", entityId: key, payload: { job: { ...job, payload: {} } } });
    });
  return {
    url: url.toString(),
    token,
    async job(room) {
      const { id: key } = await aJob(db, { createdById: user.id });
      await change(key);
      const [newest] = await db.execute<{ seq: string }>(sql`select max(seq)::text as seq from ops.event_outbox`) as unknown as { seq: string }[];
      await db.execute(sql`select count(nextval('ops.event_outbox_seq_seq')) from generate_series(1, ${room})`);
      return { key, id: toGlobalId("Job", key), after: Number(newest?.seq) };
    },
    change,
    async drop() {
      await engine.close();
      await admin.unsafe(`drop database if exists ${name} with (force)`);
      await admin.end();
    },
  };
}
