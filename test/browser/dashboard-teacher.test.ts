import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPasswords } from "../../src/auth/passwords.js";
import { DocumentFailure } from "../../src/documents/document.js";
import { extractDocument } from "../../src/documents/extraction/extract.js";
import { startTestApp, type TestApp } from "../support/app.js";
import { barriers, hasBrowser, openBrowser, overflow, soon, watchedPage, type Watched } from "../support/browser.js";
import { aUser } from "../support/builders.js";
import { aWayTo, type Cut } from "../support/cut.js";
import { heldWriter } from "../support/held-writer.js";

const document = fileURLToPath(new URL("keeping-bees.md", import.meta.url));
const password = "smoke-and-honey";

describe.skipIf(!hasBrowser)("a teacher's dashboard", () => {
  let app: TestApp;
  let way: Cut;
  let browser: Browser;
  let teacher: Watched;
  let second: Watched;
  let held = heldWriter();

  beforeAll(async () => {
      app = await startTestApp({}, { generation: { extract: extractDocument, createWriter: () => held.writer } });
    way = await aWayTo(app.url);
    const passwordHash = await createPasswords({ cost: 4 }).hash(password);
    await aUser(app.db, { email: "ravi@disha.example", fullName: "Ravi Menon", role: "teacher", passwordHash });
    await aUser(app.db, { email: "meera@disha.example", fullName: "Meera Nair", passwordHash });
    browser = await openBrowser();
    teacher = await watchedPage(browser, app.url);
    second = await watchedPage(browser, way.url);
  });
  afterAll(async () => {
    await browser?.close();
    way?.close();
    await app?.close();
  });

  async function signIn({ page }: Watched, url: string, login: string): Promise<void> {
    await page.goto(`${url}/dashboard`);
    await page.getByLabel("E-mail or username").fill(login);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.getByText("Live", { exact: true }).waitFor();
  }
  const step = (page: Page) => page.locator(".job").first().locator(".steps .current").innerText();
  const drop = async (page: Page, name: string, text: string) => {
    const files = await page.evaluateHandle(([name, text]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text ?? ""], name ?? ""));
      return transfer;
    }, [name, text]);
    await page.dispatchEvent(".drop", "drop", { dataTransfer: files });
  };

  test("a document that is dropped is sent; one of another kind is told at once", async () => {
    const { page } = teacher;
    await signIn(teacher, app.url, "ravi@disha.example");
    await signIn(second, way.url, "ravi@disha.example");
    expect(await page.title()).toBe("Teach – Disha");
    await drop(page, "bees.exe", "MZ");
    await page.getByText("Only PDF, DOCX, TXT and Markdown files are taken.").waitFor();
    expect(await page.getByRole("button", { name: "Make the course" }).isDisabled()).toBe(true);
    await page.getByRole("button", { name: "Remove bees.exe" }).click();
    await drop(page, "keeping-bees.md", await readFile(document, "utf8"));
    await page.locator(".chosen .ready").waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  test("the job's stages move, here and on a second dashboard", async () => {
    const { page } = teacher;
    await page.getByLabel("Weeks").fill("3");
    await page.getByRole("button", { name: "Make the course" }).click();
    await page.getByText("Started. Watch it below.").waitFor();
    for (const one of [page, second.page]) {
      await soon(() => step(one)).toBe("Finding weeks and topics");
      await soon(() => one.getByRole("progressbar", { name: /keeping-bees/ }).getAttribute("aria-valuenow").then(Number)).toBeGreaterThan(0);
    }
    expect(await barriers(page)).toEqual([]);
    held.go("structure");
    for (const one of [page, second.page]) await soon(() => step(one)).toMatch(/^Writing “/);
    expect(await page.locator(".job .steps li").allInnerTexts()).toContain("Finding weeks and topics");
  });

  test("a dashboard whose connection was cut catches up without loss, and without a new snapshot", async () => {
    const { page, frames } = second;
    way.cut();
    await page.getByText("Connection lost, trying again …").waitFor();
    held.go("write");
    await soon(() => step(teacher.page)).toBe("Writing questions");
    frames.length = 0;
    way.mend();
    await soon(() => step(page)).toBe("Writing questions");
    expect(frames.filter(({ sent, text }) => sent && text.includes('"subscribe"')).map(({ text }) => /"after":\d+/.test(text))).toEqual([true]);
    expect(frames.filter(({ text }) => /SNAPSHOT|RESYNC/.test(text))).toEqual([]);
    held.go("quiz");
    await page.getByRole("link", { name: /^Open the course/ }).waitFor();
  });

  test("the course is read with its questions, and published", async () => {
    const { page } = teacher;
    await page.getByRole("link", { name: /^Open the course/ }).click();
    await page.getByRole("heading", { name: "Keeping Bees", level: 1 }).waitFor();
    expect(await page.locator(".week h2 .number").allInnerTexts()).toEqual(["Week 1", "Week 2", "Week 3"]);
    await page.locator(".outline li:not(.quiz-line) a").first().click();
    await page.locator(".content p").first().waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.locator(".quiz-line a").first().click();
    await page.locator(".question .right .mark").first().waitFor();
    expect(await page.locator(".question").count()).toBeGreaterThan(0);
    expect(await barriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByText("Published", { exact: true }).waitFor();
    await soon(() => second.page.locator(".courses .chip").first().innerText()).toBe("Draft");
    await second.page.reload();
    await soon(() => second.page.locator(".courses .chip").first().innerText()).toBe("Published");
  });

  test("a learner enrols in it, takes a quiz and learns the right answers after that", async () => {
    const learner = await watchedPage(browser, app.url);
    const { page } = learner;
    await signIn(learner, app.url, "meera@disha.example");
    await page.getByRole("button", { name: "Enrol in Keeping Bees" }).click();
    await page.getByRole("link", { name: "Keeping Bees" }).first().click();
    await page.locator(".quiz-line a").first().click();
    await page.getByRole("button", { name: "Take the quiz" }).click();
    await page.getByRole("radio").first().check();
    expect(await page.locator(".question .mark").count()).toBe(0);
    expect(await barriers(page)).toEqual([]);
    await soon(async () => {
      await page.reload();
      await page.getByRole("radio").first().waitFor();
      return page.getByRole("radio").first().isChecked();
    }).toBe(true);
    for (const group of await page.locator("fieldset.question").all()) await group.getByRole("radio").first().check();
    await page.getByRole("button", { name: "Submit" }).click();
    await page.locator(".outcome").waitFor();
    expect(await page.locator(".options .right").count()).toBe(await page.locator(".question").count());
    expect(await barriers(page)).toEqual([]);
    expect(learner.complaints).toEqual([]);
  });

  test("a job is cancelled and begun again; a failure is told in plain words", async () => {
    const { page } = teacher;
    held = heldWriter();
    await page.goto(`${app.url}/dashboard#/teach`);
    await page.locator("input[type=file]").setInputFiles({ name: "short.txt", mimeType: "text/plain", buffer: Buffer.from("Smoke calms bees. ".repeat(20)) });
    await page.locator(".chosen .ready").waitFor();
    await page.getByRole("button", { name: "Make the course" }).click();
    await page.getByRole("button", { name: "Cancel: short.txt" }).click();
    await page.getByText("Stopped. What was not finished has no effect").waitFor();
    await page.getByRole("button", { name: "Try again: short.txt" }).click();
    await soon(() => step(page)).toBe("Finding weeks and topics");
    held.fail("structure", new DocumentFailure("NO_TEXT"));
    await page.getByText("The document holds no text that can be read").waitFor();
    await page.getByText("Run text recognition (OCR)").waitFor();
    await page.locator("input[type=file]").setInputFiles({ name: "scan.pdf", mimeType: "application/pdf", buffer: Buffer.from("no PDF at all") });
    await page.locator(".chosen .failed").waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 640 });
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    expect(await overflow(page)).toBe(0);
    expect(await barriers(page)).toEqual([]);
  });

  test("no complaints on the way", () => {
    expect(teacher.complaints).toEqual([]);
    // The browser itself complains of each attempt on the cut line.
    expect(second.complaints.filter((line) => !/net::ERR_|WebSocket connection to/.test(line))).toEqual([]);
  });
});
