import { sourceFileVisible } from "../auth/visibility.js";
import { orderBy } from "../db/ordering.js";
import { sourceFiles } from "../db/tables/index.js";
import type { SourceFileWhere } from "../schema/source-files.js";
import { perViewer } from "./factory.js";
import { sourceFileFilter } from "./filters/source-files.js";
import { listBy, type ListSpec } from "./lists.js";

const without = ["filePath", "checksum"] as const;

const sourceFileList: ListSpec<typeof sourceFiles, SourceFileWhere, (typeof without)[number]> = {
  table: sourceFiles,
  // Ids are UUIDv7, so they sort by the time of being announced.
  orders: [orderBy("CREATED_AT", [sourceFiles.id], true)],
  filter: sourceFileFilter,
  visible: sourceFileVisible,
  without,
};

export const sourceFileLoaders = {
  sourceFileById: perViewer.oneBy(sourceFiles, "id", { visible: sourceFileVisible, without }),
  sourceFilesByCourse: listBy(sourceFileList, sourceFiles.courseId),
  sourceFilesByJob: listBy(sourceFileList, sourceFiles.jobId),
  sourceFilesByUploader: listBy(sourceFileList, sourceFiles.uploadedById),
};
