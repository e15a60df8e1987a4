import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { Can } from "../auth/policy.js";
import { signedIn } from "../auth/viewer.js";
import type { courses, jobQueue, sourceFiles, users } from "../db/tables/index.js";
import type { Context } from "../graphql/context.js";
import { toGlobalId } from "../graphql/node.js";
import { Course } from "../schema/catalog/course.js";
import { User } from "../schema/identity/user.js";
import { Job } from "../schema/jobs.js";
import {
  DeleteSourceFileInput, DeleteSourceFilePayload, SourceFile, SourceFileConnection, SourceFilesArgs, UploadCompleteInput,
  UploadCompletePayload, UploadStageInput, UploadStagePayload,
} from "../schema/source-files.js";
import { uploadComplete } from "../services/uploads/complete.js";
import { deleteSourceFile } from "../services/uploads/remove.js";
import { uploadStage } from "../services/uploads/stage.js";

@Resolver()
export class SourceFileMutations {
  @Can("staff")
  @Mutation(() => UploadStagePayload, { description: "Announces a document and answers with the address that takes its content." })
  uploadStage(
    @Arg("input", () => UploadStageInput, { description: "The document." }) input: UploadStageInput,
    @Ctx() { viewer, db, uploads }: Context,
  ) {
    return uploadStage(signedIn(viewer), db, input, uploads);
  }

  @Can("staff")
  @Mutation(() => UploadCompletePayload, { description: "Checks the content that was sent for a document of the viewer's, and keeps the document." })
  async uploadComplete(
    @Arg("input", () => UploadCompleteInput, { description: "Which document." }) input: UploadCompleteInput,
    @Ctx() { viewer, db, storage }: Context,
  ) {
    return { sourceFile: await uploadComplete(signedIn(viewer), db, input, storage) };
  }

  @Can("staff")
  @Mutation(() => DeleteSourceFilePayload, { description: "Deletes a document of the viewer's that no course was made from." })
  async deleteSourceFile(
    @Arg("input", () => DeleteSourceFileInput, { description: "Which document." }) input: DeleteSourceFileInput,
    @Ctx() { viewer, db, storage }: Context,
  ) {
    return { deletedId: toGlobalId("SourceFile", await deleteSourceFile(signedIn(viewer), db, input, storage)) };
  }
}

@Resolver(() => SourceFile)
export class SourceFileEdges {
  @Can("sourceFile")
  @FieldResolver(() => String, {
    nullable: true,
    description: "Where it can be fetched for five minutes; null unless it is stored. Whoever has the address can fetch it.",
  })
  downloadUrl(@Root() { id, status }: typeof sourceFiles.$inferSelect, @Ctx() { uploads }: Context) {
    return status === "stored" ? uploads.links.download(id) : null;
  }
}

@Resolver(() => Course)
export class CourseSourceFileEdges {
  @Can("courseStaff")
  @FieldResolver(() => SourceFileConnection, { nullable: true, description: "Documents that it was made from." })
  sourceFiles(@Root() course: typeof courses.$inferSelect, @Args(() => SourceFilesArgs) args: SourceFilesArgs, @Ctx() { loaders }: Context) {
    return loaders.sourceFilesByCourse.page(course.id, args);
  }
}

@Resolver(() => Job)
export class JobSourceFileEdges {
  @Can("creator")
  @FieldResolver(() => SourceFileConnection, { nullable: true, description: "Documents that it works on." })
  sourceFiles(@Root() job: typeof jobQueue.$inferSelect, @Args(() => SourceFilesArgs) args: SourceFilesArgs, @Ctx() { loaders }: Context) {
    return loaders.sourceFilesByJob.page(job.id, args);
  }
}

@Resolver(() => User)
export class UserSourceFileEdges {
  @Can("self")
  @FieldResolver(() => SourceFileConnection, { nullable: true, description: "Documents that the user uploaded." })
  sourceFiles(@Root() user: typeof users.$inferSelect, @Args(() => SourceFilesArgs) args: SourceFilesArgs, @Ctx() { loaders }: Context) {
    return loaders.sourceFilesByUploader.page(user.id, args);
  }
}
