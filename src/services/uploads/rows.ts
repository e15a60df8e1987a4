import { and, eq, ne, type SQL } from "drizzle-orm";
import type { SignedIn } from "../../auth/viewer.js";
import { sourceFiles } from "../../db/tables/index.js";

export type SourceFileRow = typeof sourceFiles.$inferSelect;

/** The one file of the viewer's own, also for admins; deleted ones are gone. */
export const ownFile = (viewer: SignedIn, id: string): SQL | undefined =>
  and(eq(sourceFiles.id, id), eq(sourceFiles.uploadedById, viewer.id), ne(sourceFiles.status, "deleted"));

/** The file while its content is awaited. */
export const whileStaged = (id: string): SQL | undefined => and(eq(sourceFiles.id, id), eq(sourceFiles.status, "staged"));
