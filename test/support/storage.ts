import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import path from "node:path";
import { openStorage, type Storage } from "../../src/storage/open.js";

/** An empty storage of its own; its folder is made by the first write. */
export const emptyStorage = (): Storage =>
  openStorage({ maxBytes: 1_000_000, folder: path.join(tmpdir(), `disha-files-${randomUUID()}`), s3: undefined });
