import { desc, eq } from "drizzle-orm";
import { expect } from "vitest";
import { auditLogs } from "../../src/db/tables/index.js";
import type { Session, TestApp } from "./app.js";

/** An instant before every row of a test was written. */
export const stale = "2020-01-01T00:00:00Z";

/** What the tests of administration look at again and again. */
export interface Administration {
  admin: Session;
  /** What the last line of the audit log about a row says. */
  lastAudit: (entityId: string) => Promise<object | undefined>;
  /** `updatedAt` as any client reads it, without having signed in. */
  updatedAt: (id: string) => Promise<string>;
  /** Sees to it that nobody but admins may send this. */
  forbidden: (mutation: string, input: object) => Promise<void>;
}

const editable = ["Provider", "Skill", "NsqfLevel", "JobRole", "CareerPath", "PathMilestone"];

export async function administration(app: TestApp): Promise<Administration> {
  const others = [[await app.signedIn("student"), "FORBIDDEN"], [await app.signedIn("teacher"), "FORBIDDEN"], [undefined, "UNAUTHENTICATED"]] as const;
  return {
    admin: await app.signedIn("admin"),
    lastAudit: async (entityId) => {
      const [line] = await app.db.select().from(auditLogs).where(eq(auditLogs.entityId, entityId)).orderBy(desc(auditLogs.id)).limit(1);
      return line && { action: line.action, userId: line.userId, oldValues: line.oldValues, newValues: line.newValues };
    },
    updatedAt: async (id) => {
      const selection = editable.map((type) => `... on ${type} { updatedAt }`).join(" ");
      const { data } = await app.query<{ node: { updatedAt: string } }>(`query ($id: ID!) { node(id: $id) { ${selection} } }`, { id });
      return data.node.updatedAt;
    },
    forbidden: async (mutation, input) => {
      const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
      const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { errors { code } } }`;
      for (const [session, code] of others) {
        const { errors } = await app.query(document, { input }, session);
        expect(errors?.map(({ extensions }) => extensions.code)).toEqual([code]);
      }
    },
  };
}
