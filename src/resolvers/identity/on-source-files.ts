import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { sourceFiles } from "../../db/tables/index.js";
import type { Context } from "../../graphql/context.js";
import { User } from "../../schema/identity/user.js";
import { SourceFile } from "../../schema/source-files.js";

@Resolver(() => SourceFile)
export class SourceFileUserEdges {
  @Can("sourceFile")
  @FieldResolver(() => User, { nullable: true, description: "Who uploaded it." })
  uploadedBy(@Root() { uploadedById }: typeof sourceFiles.$inferSelect, @Ctx() { loaders }: Context) {
    return uploadedById === null ? null : loaders.userById.load(uploadedById);
  }
}
