import { expect, test } from "vitest";
import type { Block, Document } from "../../src/documents/document.js";
import { embeddedWriter } from "../../src/documents/embedded/writer.js";
import type { Source } from "../../src/documents/writer.js";
import { answerOf, checkCourse } from "./quality.js";

const heading = (level: number, text: string): Block => ({ kind: "heading", level, text, page: null });
const paragraph = (text: string, page: number | null = null): Block => ({ kind: "paragraph", text, page });

const sourceOf = (blocks: Block[], language: string, filename: string): Source => {
  const document: Document = { title: null, language, pages: null, blocks };
  return { documents: [document], filenames: [filename], title: null, nsqfLevel: null, language, weeks: null, skills: [{ id: "valves", name: "Valves", terms: ["gate valve"] }] };
};

const english = sourceOf(
  [
    heading(1, "Plumbing for beginners"),
    heading(2, "Valves"),
    paragraph("A gate valve is a fitting that opens by lifting a flat wedge out of the path of the water. It is slow to operate. A gate valve should be left fully open or fully closed.", 3),
    paragraph("A check valve is a device that lets water flow in one direction only and closes when it turns back. Each check valve carries an arrow. This is shown in figure 3.", 3),
    heading(2, "Pipes"),
    paragraph("A siphon is a bent tube that carries liquid over an edge to a lower place without a pump. The siphon needs no power. He said it was new.", 4),
    paragraph("A cistern is a tank that stores rain from the roof for later use in the house. Every cistern needs a cover. What keeps insects out of it?", 5),
    paragraph("A manometer is a gauge that shows how far the pressure of a gas differs from that of the air. Read the manometer twice.", 5),
    paragraph("Copper pipes were first laid in the palace of Nandgaon in 1894, according to the register of the town. The register lists the years 1871, 1902 and 1911 for repairs.", 6),
  ],
  "en",
  "plumbing.pdf",
);

const hindi = sourceOf(
  [
    heading(1, "पौधे और पानी"),
    heading(2, "पौधों का भोजन"),
    paragraph("पौधों द्वारा सूर्य के प्रकाश से भोजन बनाने की प्रक्रिया को प्रकाश संश्लेषण कहते हैं। यह दिन में होती है।", 2),
    paragraph("क्लोरोफिल एक हरा वर्णक है जो सूर्य के प्रकाश को सोख लेता है। पत्तियों में क्लोरोफिल बहुत होता है।", 2),
    paragraph("जाइलम एक ऊतक है जो जड़ों से पत्तियों तक पानी पहुँचाता है। जाइलम की नलियाँ पतली होती हैं।", 3),
    paragraph("बीजाणु एक सूक्ष्म कोशिका है जिससे फफूँद का नया जीव उगता है। बीजाणु हवा में उड़ते हैं।", 3),
    paragraph("मूलरोम एक महीन रेशा है जो मिट्टी से खनिज और नमी खींचता है। मूलरोम जल्दी टूट जाते हैं।", 4),
  ],
  "hi",
  "paudhe.pdf",
);

const course = async (source: Source) => {
  const plan = await embeddedWriter.structure(source);
  const written = await embeddedWriter.write(source, plan);
  return { plan, written, questions: await embeddedWriter.quiz(source, plan, written) };
};

test("an English text yields the questions that one reads out of its definitions and years", async () => {
  const made = await course(english);
  checkCourse(english, made);
  const asked = made.questions.flat().map((question) => [question.questionText, answerOf(question), question.difficulty, question.page]);
  console.log(JSON.stringify(made.questions, null, 1), made.plan, made.written.map((m) => m.learningObjectives));
  expect(asked).toEqual([]);
});

test("a Hindi text yields questions, options and explanations in Hindi", async () => {
  const made = await course(hindi);
  checkCourse(hindi, made);
  console.log(JSON.stringify(made.questions, null, 1), made.written.map((m) => m.learningObjectives));
  expect(made.questions.flat().map((question) => [question.questionText, answerOf(question)])).toEqual([]);
});
