import { anyOf } from "../../db/client.js";
import { matches, related, whereOf } from "../../db/filters.js";
import { auditLogs } from "../../db/tables/index.js";
import type { AuditLogWhere } from "../../schema/audit.js";

export const auditLogFilter = whereOf<AuditLogWhere>({
  action: matches(auditLogs.action),
  entityType: matches(auditLogs.entityType),
  actor: related("User", (ids) => anyOf(auditLogs.userId, ids, "uuid")),
  subject: related("User", (ids) => anyOf(auditLogs.subjectUserId, ids, "uuid")),
  isSuccess: matches(auditLogs.isSuccess),
  createdAt: matches(auditLogs.createdAt),
});
