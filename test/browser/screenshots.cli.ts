import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { startApp } from "../../src/app.js";
import { readConfig } from "../../src/config.js";
import { buildDashboard, isDashboardCurrent } from "../../src/dashboard/build.js";
import { migrateUp } from "../../src/db/migrate.js";
import { openEngine } from "../../src/db/open.js";
import { ensurePartitions } from "../../src/db/partitions.js";
import { extractDocument } from "../../src/documents/extraction/extract.js";
import { seedWhenEmpty } from "../../src/seed/first-start.js";
import { testSecret } from "../support/app.js";
import { openBrowser } from "../support/browser.js";
import { heldWriter } from "../support/held-writer.js";

const docs = fileURLToPath(new URL("../../docs/", import.meta.url));
const beekeeping = fileURLToPath(new URL("keeping-bees.md", import.meta.url));

/** Takes the pictures of docs/dashboard.md from a fresh server with the demo accounts. */
async function main(): Promise<void> {
  if (!(await isDashboardCurrent())) await buildDashboard();
  const folder = await mkdtemp(path.join(tmpdir(), "disha-pictures-"));
  const config = readConfig({ NODE_ENV: "test", DATA_DIR: folder, PORT: "0", LOG_LEVEL: "silent" });
  const engine = await openEngine(config);
  await migrateUp(engine.db);
  await ensurePartitions(engine.db, { monthsAhead: 3 });
  await seedWhenEmpty(engine.db, { demo: true });
  const held = heldWriter();
  const app = await startApp(config, engine, testSecret, { generation: { extract: extractDocument, createWriter: () => held.writer } });
  const browser = await openBrowser();
  const open = async (role: string, height: number): Promise<Page> => {
    const page = await browser.newPage({ viewport: { width: 1120, height }, colorScheme: "light", reducedMotion: "reduce" });
    await page.goto(`${app.url}/dashboard`);
    await page.getByRole("button", { name: `Sign in as ${role}` }).click();
    await page.getByText("Live", { exact: true }).waitFor();
    return page;
  };
  const picture = async (page: Page, name: string): Promise<void> => {
    await page.waitForTimeout(500);
    await page.screenshot({ path: path.join(docs, `dashboard-${name}.png`) });
  };

  const teacher = await open("teacher", 1170);
  await teacher.locator("input[type=file]").setInputFiles({ name: "keeping-bees.md", mimeType: "text/markdown", buffer: await readFile(beekeeping) });
  await teacher.getByLabel("Weeks").fill("2");
  await teacher.locator(".chosen .ready").waitFor();
  await teacher.getByRole("button", { name: "Make the course" }).click();
  held.go("structure");
  held.go("write");
  await teacher.locator(".steps .current", { hasText: "Writing questions" }).waitFor();
  await picture(teacher, "teacher");
  held.go("quiz");
  await teacher.getByRole("link", { name: /^Open the course/ }).click();
  await teacher.getByRole("link", { name: /^Quiz/ }).first().click();
  await teacher.locator(".question .mark").first().waitFor();
  await teacher.evaluate("scrollTo(0, 0)");
  await picture(teacher, "course");

  const learner = await open("learner", 860);
  await learner.getByRole("progressbar", { name: "Progress in Web Developer" }).waitFor();
  await picture(learner, "learner");
  await browser.close();
  await app.close();
  await engine.close();
  await rm(folder, { recursive: true, force: true });
}

await main();
