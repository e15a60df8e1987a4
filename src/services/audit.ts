import { datedId } from "../db/columns.js";
import type { Work } from "../db/unit-of-work.js";
import { auditLogs } from "../db/tables/index.js";

/** One line of the audit log: who did what to whom, written with the change itself. */
export interface AuditEntry {
  action: string;
  entityType: string;
  entityId?: string | null;
  /** The natural key of an entity that has no id, such as the level `4.5`. */
  entityKey?: string | null;
  subjectUserId?: string | null;
  /** The actor where the viewer is not yet known, as in signing in. */
  userId?: string | null;
  actorLabel?: string;
  oldValues?: Record<string, unknown>;
  newValues?: Record<string, unknown>;
  errorMessage?: string;
}

/** Adds to the audit log in the transaction of the change. */
export async function audit({ tx, viewer }: Work, entry: AuditEntry): Promise<void> {
  const { errorMessage, ...rest } = entry;
  const { id, at } = datedId();
  await tx.insert(auditLogs).values({
    id,
    createdAt: at,
    userId: viewer.id,
    ...rest,
    module: entry.action.split(".")[0],
    ipAddress: viewer.ip,
    userAgent: viewer.userAgent?.slice(0, 500) ?? null,
    sessionId: viewer.sessionId,
    isSuccess: errorMessage === undefined,
    errorMessage,
  });
}
