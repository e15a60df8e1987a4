import { runCommand } from "./cli.js";
import { runQuizImport } from "./command.js";
import { openQuizFile } from "./quizzes.js";

const usage = `Loads a JSON file of questions as quizzes for practice.

  npm run import:quizzes -- FILE.json [--report REFUSED.csv] [--as EMAIL]

  --report  writes every refused question (its place in the file, field, reason) to a file
  --as      the account that sees the job besides admins

Exit code: 0 when every question was loaded, 1 when some were refused, 2 when nothing could be done or the import was stopped.`;

await runCommand({ usage, open: openQuizFile, load: runQuizImport });
