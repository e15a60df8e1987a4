import { Args, Ctx, Query, Resolver } from "type-graphql";
import { Can } from "../auth/policy.js";
import type { Context } from "../graphql/context.js";
import { AuditLogConnection, AuditLogsArgs } from "../schema/audit.js";

@Resolver()
export class AuditQueries {
  @Can("admin")
  @Query(() => AuditLogConnection, { description: "The audit log: sign-in, password, role, admin and deletion actions." })
  auditLogs(@Args(() => AuditLogsArgs) args: AuditLogsArgs, @Ctx() { loaders }: Context) {
    return loaders.auditLogs.page(args);
  }
}
