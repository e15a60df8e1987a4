import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { extractDocument } from "../../src/documents/extraction/extract.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "disha-extraction-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const { signal } = new AbortController();

test("a document is read in a child process and comes back as blocks", async () => {
  const file = path.join(folder, "lesson.md");
  await writeFile(file, "# Soil\n\nSoil holds **water** for plants, and the roots of the plants hold the soil.\n\n* sand\n* clay\n");
  expect(await extractDocument({ path: file, fileType: "md" }, { signal })).toEqual({
    title: "Soil",
    language: "en",
    pages: null,
    blocks: [
      { kind: "heading", level: 1, text: "Soil", page: null },
      { kind: "paragraph", text: "Soil holds water for plants, and the roots of the plants hold the soil.", page: null },
      { kind: "list", ordered: false, items: ["sand", "clay"], page: null },
    ],
  });
});

test("a document that cannot be read fails with its code", async () => {
  const file = path.join(folder, "empty.pdf");
  await writeFile(file, "");
  await expect(extractDocument({ path: file, fileType: "pdf" }, { signal })).rejects.toMatchObject({ name: "DocumentFailure", code: "CORRUPT" });
});
