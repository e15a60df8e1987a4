import { randomUUID } from "node:crypto";
import type { Database } from "../../src/db/client.js";
import { authSessions, courses, providers, users } from "../../src/db/tables/index.js";

type New<Table extends { $inferInsert: object }> = Partial<Table["$inferInsert"]>;

const unique = (): string => randomUUID().slice(0, 8);

function only<Row>(rows: Row[]): Row {
  const [row] = rows;
  if (!row) throw new Error("The insert returned no row");
  return row;
}

/** An account with one signed-in device. */
export async function aUser(db: Database, values: New<typeof users> = {}) {
  const name = `user_${unique()}`;
  const user = only(
    await db.insert(users).values({ username: name, email: `${name}@disha.example`, fullName: "Asha Rao", ...values }).returning(),
  );
  const session = only(
    await db
      .insert(authSessions)
      .values({
        userId: user.id,
        familyId: randomUUID(),
        refreshTokenHash: randomUUID(),
        expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
      })
      .returning(),
  );
  return { user, sessionId: session.id };
}

export const aProvider = async (db: Database, values: New<typeof providers> = {}) =>
  only(await db.insert(providers).values({ name: "Skill House", slug: `provider-${unique()}`, ...values }).returning());

export const aCourse = async (db: Database, values: New<typeof courses> = {}) =>
  only(await db.insert(courses).values({ courseId: `C-${unique()}`, title: "Solar Installation", ...values }).returning());
