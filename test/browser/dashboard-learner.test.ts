import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPasswords } from "../../src/auth/passwords.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";
import { barriers, hasBrowser, openBrowser, overflow, soon, watchedPage, type Watched } from "../support/browser.js";
import { aCourse, aCourseOf, aUser } from "../support/builders.js";
import { aWayTo, type Cut } from "../support/cut.js";

const password = "sunshine-on-roofs";

describe.skipIf(!hasBrowser)("a learner's dashboard", () => {
  let app: TestApp;
  let way: Cut;
  let browser: Browser;
  let asha: Session;
  let learner: Watched;
  let topics: { id: string; title: string }[];

  beforeAll(async () => {
      app = await startTestApp();
    way = await aWayTo(app.url);
    const passwordHash = await createPasswords({ cost: 4 }).hash(password);
    const { user, sessionId } = await aUser(app.db, { email: "asha@disha.example", fullName: "Asha Rao", passwordHash, timezone: "Asia/Kolkata" });
    asha = { userId: user.id, token: (await app.services.tokens.issue({ userId: user.id, sessionId })).token };
    const { course, topics: rows } = await aCourseOf(app.db, [2, 1], { title: "Solar Installation", status: "active" });
    topics = rows.map(({ id, title }) => ({ id: toGlobalId("Topic", id), title }));
    await aCourse(app.db, { title: "Rooftop Gardens", status: "active" });
    await mutate("enrollInCourse", { courseId: toGlobalId("Course", course.id) });
    browser = await openBrowser();
    learner = await watchedPage(browser, way.url);
  });
  afterAll(async () => {
    await browser?.close();
    way?.close();
    await app?.close();
  });

  /** Another client of the learner's. */
  async function mutate(name: string, input: object): Promise<void> {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
    const { data } = await app.query<Record<string, { errors: object[] }>>(`mutation($input: ${type}!) { ${name}(input: $input) { errors { message } } }`, { input }, asha);
    expect(data[name]?.errors).toEqual([]);
  }
  const complete = (index: number) => mutate("recordTopicProgress", { topicId: topics[index]?.id, status: "COMPLETED" });
  const streak = () => learner.page.locator(".streak .count").innerText();
  const percent = () => learner.page.getByRole("progressbar", { name: "Progress in Solar Installation" }).getAttribute("aria-valuenow");

  test("signs in with the right password only, by keyboard", async () => {
    const { page } = learner;
    await page.goto(`${way.url}/dashboard`);
    await soon(() => page.title()).toBe("Sign in – Disha");
    await soon(() => barriers(page)).toEqual([]);
    await page.getByLabel("E-mail or username").fill("asha@disha.example");
    await page.keyboard.press("Tab");
    await page.keyboard.type("moonshine");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").waitFor();
    await page.getByLabel("Password").fill(password);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Your learning, Asha", level: 1 }).waitFor();
    await soon(() => page.title()).toBe("Learn – Disha");
    await soon(streak).toBe("0\ndays in a row");
    expect(await percent()).toBe("0");
    expect(await page.getByRole("status").first().innerText()).toBe("Live");
  });

  test("sees streak and progress move while another client learns", async () => {
    await complete(0);
    await soon(percent).toBe("33");
    await soon(streak).toBe("1\nday in a row");
    await learner.page.getByText("Today counts already.").waitFor();
    expect(await barriers(learner.page)).toEqual([]);
  });

  test("misses nothing while the connection is cut, and begins behind the last update seen", async () => {
    const { page, frames, complaints } = learner;
    way.cut();
    await page.getByText("Connection lost, trying again …").waitFor();
    await complete(1);
    frames.length = 0;
    way.mend();
    await soon(percent).toBe("66");
    await soon(() => page.getByRole("status").first().innerText()).toBe("Live");
    const subscribed = () => frames.filter(({ sent, text }) => sent && text.includes('"subscribe"'));
    // Each of the page's two subscriptions tries again after a pause of its own.
    await soon(() => subscribed().length).toBe(2);
    for (const { text } of subscribed()) expect(text).toMatch(/"after":\d+/);
    expect(frames.filter(({ text }) => /SNAPSHOT|RESYNC/.test(text))).toEqual([]);
    // The browser itself complains of each attempt on the cut line.
    expect(complaints.filter((line) => !/net::ERR_|WebSocket connection to/.test(line))).toEqual([]);
    complaints.length = 0;
  });

  test("finds another course and enrols", async () => {
    const { page } = learner;
    await page.getByLabel("Words of the title").fill("rooftop");
    await page.getByRole("button", { name: "Enrol in Rooftop Gardens" }).click();
    await page.getByRole("progressbar", { name: "Progress in Rooftop Gardens" }).waitFor();
    await soon(() => page.getByRole("button", { name: "Enrol in Rooftop Gardens" }).count()).toBe(0);
  });

  test("opens a course, reads a topic and marks it as completed", async () => {
    const { page } = learner;
    await page.getByRole("link", { name: "Solar Installation" }).first().click();
    await page.getByRole("heading", { name: "Solar Installation", level: 1 }).waitFor();
    await soon(() => page.title()).toBe("Solar Installation – Disha");
    expect(await barriers(page)).toEqual([]);
    await page.locator(".outline a").nth(2).click();
    await page.getByText("Read this.").waitFor();
    await soon(() => page.evaluate("document.activeElement.id")).toBe("topic");
    await page.getByRole("button", { name: "Mark as completed" }).click();
    await page.locator(".topic .done").waitFor();
    await soon(() => page.getByRole("progressbar", { name: "Your progress" }).getAttribute("aria-valuenow")).toBe("100");
    expect(await page.getByRole("img", { name: "completed" }).count()).toBe(3);
    expect(await barriers(page)).toEqual([]);
  });

  test("stays signed in when the page is loaded again and when the token has ended, in this tab alone", async () => {
    const { page } = learner;
    await page.evaluate(`{
      const kept = JSON.parse(sessionStorage.getItem("disha-session"));
      sessionStorage.setItem("disha-session", JSON.stringify({ ...kept, accessToken: "old", endsAt: 0 }));
    }`);
    await page.goto(`${way.url}/dashboard#/learn`);
    await page.reload();
    await page.getByRole("heading", { name: "Your learning, Asha" }).waitFor();
    await page.getByRole("heading", { name: "Completed" }).waitFor();
    // A duplicated tab has a copy of what this one holds.
    const [copy] = await Promise.all([page.waitForEvent("popup"), page.evaluate("void open(location.href)")]);
    await copy.getByRole("button", { name: "Sign in" }).waitFor();
    await copy.close();
    await page.reload();
    await page.getByRole("heading", { name: "Your learning, Asha" }).waitFor();
  });

  test("fits a window of 320 pixels and darkness, without barriers", async () => {
    const { page } = learner;
    await page.setViewportSize({ width: 320, height: 640 });
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await page.locator(".streak .count").waitFor();
    expect(await overflow(page)).toBe(0);
    expect(await barriers(page)).toEqual([]);
  });

  test("signs out, and nothing of the session is left; no complaints on the way", async () => {
    const { page, complaints } = learner;
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    expect(await page.evaluate("JSON.stringify(sessionStorage)")).toBe("{}");
    expect(complaints).toEqual([]);
  });
});
