import { existsSync } from "node:fs";
import axe from "axe-core";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { expect } from "vitest";

const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** Is there a browser to test with? */
export const hasBrowser = existsSync(executablePath);

export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath, args: ["--no-sandbox"] });

/** A page in a profile of its own that calls nobody but `url`; `complaints` are its errors, its policy's among them. */
export interface Watched {
  page: Page;
  complaints: string[];
  /** What the page and the server sent each other over sockets, in order. */
  frames: { sent: boolean; text: string }[];
}

export async function watchedPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  const complaints: string[] = [];
  const frames: Watched["frames"] = [];
  await context.route("**/*", async (route) => {
    const asked = route.request().url();
    if (asked.startsWith(url) || asked.startsWith("data:") || asked.startsWith("blob:")) return route.continue();
    complaints.push(`asked for ${asked}`);
    return route.abort();
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("websocket", (socket) => {
    socket.on("framesent", ({ payload }) => frames.push({ sent: true, text: String(payload) }));
    socket.on("framereceived", ({ payload }) => frames.push({ sent: false, text: String(payload) }));
  });
  return { page, complaints, frames };
}

/** What axe finds against WCAG 2.2 AA and its best practices that is serious or critical, as `rule: element`. */
export async function barriers(page: Page): Promise<string[]> {
  // Past the page's policy, as the browser's own tools.
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    // Amid a change of colour there may be too little contrast.
    await Promise.allSettled(document.getAnimations().flatMap((each) => (each instanceof CSSTransition ? each.finished : [])));
    const run = (globalThis as unknown as { axe: typeof axe }).axe;
    const { violations } = await run.run({ resultTypes: ["violations"] });
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  });
}

/** How many pixels the page is wider than its window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");

/** Expects of a value that changes that it is soon as it should be. */
export const soon = <Value>(read: () => Value | Promise<Value>) => expect.poll(read);
