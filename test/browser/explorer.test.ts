import { eq } from "drizzle-orm";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { anonymous } from "../../src/auth/viewer.js";
import { jobQueue } from "../../src/db/tables/index.js";
import { inTransaction } from "../../src/db/unit-of-work.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";
import { hasBrowser, openBrowser, soon, watchedPage } from "../support/browser.js";
import { aCourse, aJob } from "../support/builders.js";

describe.skipIf(!hasBrowser)("in a browser without the internet", () => {
  let app: TestApp;
  let browser: Browser;
  let page: Page;
  let asha: Session;
  let complaints: string[];

  beforeAll(async () => {
    app = await startTestApp();
    asha = await app.signedIn();
    await aCourse(app.db, { title: "Solar Installation", status: "active" });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });
  beforeEach(async () => {
    ({ page, complaints } = await watchedPage(browser, app.url, { viewport: { width: 1400, height: 900 } }));
    return () => page.context().close();
  });

  const write = async (editor: string, text: string) => {
    await page.locator(`${editor} .view-lines:visible`).click();
    await page.keyboard.press("Control+A");
    await page.keyboard.insertText(text);
  };
  const response = () => page.locator(".graphiql-response").innerText().then((text) => text.replaceAll(/[\s\u00a0·]+/g, " "));
  const run = () => page.locator("button.graphiql-execute-button").click();

  test("the explorer loads, runs a query and shows a subscription of the signed-in learner live", async () => {
    await page.goto(`${app.url}/graphiql`);
    await page.locator("button.graphiql-execute-button").waitFor();
    await run();
    await soon(response).toContain("Solar Installation");

    const job = await aJob(app.db, { createdById: asha.userId });
    await write(".graphiql-query-editor", "subscription { myJobs { kind jobs { progress } } }");
    await page.locator(".graphiql-editor-tool .view-line:visible", { hasText: "authorization" }).click();
    for (const key of ["End", "ArrowLeft"]) await page.keyboard.press(key);
    await page.keyboard.insertText(`Bearer ${asha.token}`);
    await run();
    await soon(response).toContain("SNAPSHOT");
    await inTransaction(app.db, anonymous(), async (work) => {
      const [row] = await work.tx.update(jobQueue).set({ progress: 64, status: "processing" }).where(eq(jobQueue.id, job.id)).returning();
      work.publish({ topic: `jobs:${asha.userId}`, entityType: "job", entityId: job.id, payload: { job: row } });
    });
    await soon(response).toMatch(/CHANGE.*64/);
    if (process.env["SCREENSHOT"]) await page.screenshot({ path: process.env["SCREENSHOT"] });
    expect(complaints).toEqual([]);
  }, 300_000);
});
