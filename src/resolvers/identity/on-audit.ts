import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { auditLogs } from "../../db/tables/index.js";
import type { Context } from "../../graphql/context.js";
import { AuditLog } from "../../schema/audit.js";
import { User } from "../../schema/identity/user.js";

type AuditRow = typeof auditLogs.$inferSelect;

@Resolver(() => AuditLog)
export class AuditLogUserEdges {
  @Can("admin")
  @FieldResolver(() => User, { nullable: true, description: "Who acted; null where that was no account." })
  actor(@Root() line: AuditRow, @Ctx() { loaders }: Context) {
    return line.userId === null ? null : loaders.userById.load(line.userId);
  }

  @Can("admin")
  @FieldResolver(() => User, { nullable: true, description: "Who was acted upon." })
  subject(@Root() line: AuditRow, @Ctx() { loaders }: Context) {
    return line.subjectUserId === null ? null : loaders.userById.load(line.subjectUserId);
  }
}
