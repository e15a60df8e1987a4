import { matches, whereOf } from "../../db/filters.js";
import { sourceFiles } from "../../db/tables/index.js";
import type { SourceFileWhere } from "../../schema/source-files.js";

export const sourceFileFilter = whereOf<SourceFileWhere>({
  fileType: matches(sourceFiles.fileType),
  status: matches(sourceFiles.status),
  createdAt: matches(sourceFiles.createdAt),
});
