import { once } from "node:events";
import { createApi } from "./api.js";
import { makeCourse } from "./journey.js";
import { isAsExpected, readManifest } from "./manifest.js";
import { startProbe } from "./probe.js";
import { heading, line, summary, type Bounds, type Finding } from "./report.js";

/** What this process is told by the one that runs the server. */
export interface Assignment {
  url: string;
  login: string;
  password: string;
  folder: string;
  bounds: Bounds;
}

/** Plays the teacher, from a process of its own: what the client costs is not taken for the server's. */
async function play({ url, login, password, folder, bounds }: Assignment): Promise<boolean> {
  const entries = await readManifest(folder);
  const api = createApi(url);
  await api.signIn(login, password);
  const probe = startProbe(api);
  console.log(heading());
  const findings: Finding[] = [];
  for (const entry of entries) {
    await api.signIn(login, password);
    const result = await makeCourse(api, folder, entry);
    const asExpected = isAsExpected(entry.expected, result);
    findings.push({ entry, result, asExpected });
    console.log(line(entry, result, asExpected));
  }
  const { text, isGood } = summary(findings, await probe.stop(), bounds);
  console.log(text);
  return isGood;
}

const [assignment] = (await once(process, "message")) as [Assignment];
process.once("disconnect", () => process.exit());
try {
  process.exitCode = (await play(assignment)) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
} finally {
  process.disconnect();
}
