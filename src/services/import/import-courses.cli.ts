import { runCommand } from "./cli.js";
import { runImport } from "./command.js";
import { openCourseFile } from "./courses.js";

const usage = `Loads a CSV file of courses into the catalogue.

  npm run import:courses -- FILE.csv [--report REFUSED.csv] [--as EMAIL]

  --report  writes every refused row (line, field, reason) to a file
  --as      the account that sees the job besides admins

Exit code: 0 when every row was loaded, 1 when some were refused, 2 when nothing could be done or the import was stopped.`;

await runCommand({ usage, open: openCourseFile, load: runImport });
