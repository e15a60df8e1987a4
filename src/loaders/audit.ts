import { sql, type SQL } from "drizzle-orm";
import { isAdmin, type Viewer } from "../auth/viewer.js";
import { orderBy } from "../db/ordering.js";
import { auditLogs } from "../db/tables/index.js";
import type { AuditLogWhere } from "../schema/audit.js";
import { perViewer } from "./factory.js";
import { list, type ListSpec } from "./lists.js";
import { auditLogFilter } from "./filters/audit.js";

const adminsOnly = (viewer: Viewer): SQL | undefined => (isAdmin(viewer) ? undefined : sql`false`);

const auditLogList: ListSpec<typeof auditLogs, AuditLogWhere> = {
  table: auditLogs,
  orders: [orderBy("CREATED_AT", [auditLogs.createdAt, auditLogs.id], true)],
  filter: auditLogFilter,
  visible: adminsOnly,
};

export const auditLoaders = {
  auditLogById: perViewer.oneBy(auditLogs, "id", { visible: adminsOnly }),
  auditLogs: list(auditLogList),
};
