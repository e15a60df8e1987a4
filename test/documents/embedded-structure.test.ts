import fc from "fast-check";
import { expect, test } from "vitest";
import { type Block, type Document, DocumentFailure } from "../../src/documents/document.js";
import { embeddedWriter } from "../../src/documents/embedded/writer.js";
import { coursePlanRules, type Source, writtenModuleRules, writtenQuestionRules } from "../../src/documents/writer.js";

const sourceOf = (documents: Document[], wished: Partial<Source> = {}): Source => ({
  documents, filenames: documents.map((_, at) => `file_${at + 1}.txt`), title: null, nsqfLevel: null, language: "en", weeks: null, skills: [], ...wished,
});

const words = ["Water", "boils", "sensor", "the", "is", "a", "pump", "1999", "of", "pressure.", "Valves", "that", "open", "पानी", "है।", "*", "<b>", "|", "\u0007", "été"];
const text = fc.array(fc.constantFrom(...words), { maxLength: 60 }).map((parts) => parts.join(" "));
const page = fc.option(fc.integer({ min: 1, max: 9 }), { nil: null });
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant("heading" as const), level: fc.integer({ min: 1, max: 6 }), text: fc.oneof(text, fc.constantFrom("Index", "1.", "Contents", "")), page }),
  fc.record({ kind: fc.constant("paragraph" as const), text: fc.oneof(text, text.map((part) => part.repeat(30))), page }),
  fc.record({ kind: fc.constant("list" as const), ordered: fc.boolean(), items: fc.array(text, { maxLength: 4 }), page }),
  fc.record({ kind: fc.constant("table" as const), rows: fc.array(fc.array(text, { maxLength: 3 }), { maxLength: 3 }), page }),
  fc.record({ kind: fc.constant("code" as const), text, language: fc.constant(null), page }),
);
const document: fc.Arbitrary<Document> = fc.record({
  title: fc.option(text, { nil: null }),
  language: fc.constantFrom("en", "hi", "fr", "xx", null),
  pages: fc.constant(null),
  blocks: fc.array(block, { maxLength: 120 }),
});

test("any documents give 1 to 30 weeks of 1 to 20 topics whose passages follow each other, and all that is written keeps the rules", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(document, { minLength: 1, maxLength: 3 }), fc.option(fc.integer({ min: 1, max: 30 }), { nil: null }), async (documents, weeks) => {
      const source = sourceOf(documents, { weeks });
      const plan = await embeddedWriter.structure(source).catch((error: unknown) => {
        expect(error).toBeInstanceOf(DocumentFailure);
        return null;
      });
      if (!plan) {
        expect(documents.flatMap((each) => each.blocks).filter((each) => each.kind === "paragraph" && /\p{L}/u.test(each.text))).toEqual([]);
        return;
      }
      coursePlanRules.parse(plan);
      if (weeks !== null) expect(plan.modules.length).toBeLessThanOrEqual(weeks);
      const order = plan.modules.flatMap((module) => module.topics.flatMap((topic) => topic.spans));
      order.forEach((span, at) => {
        const before = order[at - 1];
        expect(span.to).toBeGreaterThan(span.from);
        expect(span.to).toBeLessThanOrEqual(documents[span.document]?.blocks.length ?? 0);
        if (before) expect(before.document < span.document || (before.document === span.document && before.to <= span.from)).toBe(true);
      });
      const written = await embeddedWriter.write(source, plan);
      expect(written.map((module) => module.topics.length)).toEqual(plan.modules.map((module) => module.topics.length));
      written.forEach((module) => writtenModuleRules.parse(module));
      const questions = await embeddedWriter.quiz(source, plan, written);
      expect(questions.length).toBe(plan.modules.length);
      questions.flat().forEach((question) => writtenQuestionRules.parse(question));
      expect(await embeddedWriter.structure(source)).toEqual(plan);
      expect(await embeddedWriter.quiz(source, plan, written)).toEqual(questions);
    }),
    { numRuns: 60, seed: 17 },
  );
}, 60_000);
