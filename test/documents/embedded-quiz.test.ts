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

/** Town records of a made-up town: names and years to ask for. */
const records = sourceOf(
  [
    heading(1, "The water works of Nandgaon"),
    paragraph("The town of Nandgaon built its first water works in 1894 below the old fort. In 1902 the council added a filter house of red brick. A second pump was bought in 1911 from a maker in Pune. The last steam pump was taken apart in 1936 and sold. Electric pumps have lifted the water since then.", 1),
    paragraph("Slow sand filters clean the water by a thin living layer on top of the sand. Rapid sand filters need chemicals and must be washed every day. Pressure sand filters stand in the factory quarter.", 2),
    paragraph("The reservoir on Ganesh Hill holds 450 million litres at the end of the rains. The smaller basin near Amravati Gate holds 120 million litres. A third basin in Shivaji Park was drained and now holds 300 million litres of rain in a wet year. A loss of 200 million litres a year is put down to leaks.", 3),
  ],
  "en",
  "town.pdf",
);

const asked = (made: Awaited<ReturnType<typeof course>>) =>
  made.questions.flat().map((question) => [question.questionText, answerOf(question), question.difficulty, question.page, question.skillId]);

test("an English text yields the questions that one reads out of its definitions, and none from sentences that lean on others", async () => {
  const made = await course(english);
  checkCourse(english, made);
  expect(asked(made)).toEqual([
    ["What is a check valve?", "a device that lets water flow in one direction only and closes when it turns back", "easy", 3, null],
    ["Which term does this describe: “a bent tube that carries liquid over an edge to a lower place without a pump”?", "siphon", "easy", 4, null],
    ["Which term does this describe: “a fitting that opens by lifting a flat wedge out of the path of the water”?", "gate valve", "easy", 3, "valves"],
  ]);
  expect(made.questions[0]?.[0]).toMatchObject({
    options: {
      A: "a tank that stores rain from the roof for later use in the house",
      B: "a gauge that shows how far the pressure of a gas differs from that of the air",
      C: "a device that lets water flow in one direction only and closes when it turns back",
      D: "a bent tube that carries liquid over an edge to a lower place without a pump",
    },
    correctAnswer: "C",
    explanation: "From “plumbing.pdf”, page 3: “A check valve is a device that lets water flow in one direction only and closes when it turns back.”",
  });
  expect(made.written[0]?.learningObjectives.slice(0, 2)).toEqual(["Explain what a gate valve is.", "Explain what a check valve is."]);
});

test("a Hindi text yields questions, options, explanations and objectives in Hindi", async () => {
  const made = await course(hindi);
  checkCourse(hindi, made);
  expect(asked(made)).toEqual([
    ["क्लोरोफिल क्या है?", "एक हरा वर्णक है जो सूर्य के प्रकाश को सोख लेता है", "easy", 2, null],
    ["यह किसका वर्णन है: “एक ऊतक है जो जड़ों से पत्तियों तक पानी पहुँचाता है”?", "जाइलम", "easy", 3, null],
    ["यह किसका वर्णन है: “एक महीन रेशा है जो मिट्टी से खनिज और नमी खींचता है”?", "मूलरोम", "easy", 4, null],
  ]);
  expect(made.questions[0]?.[0]?.explanation).toBe("“paudhe.pdf”, पृष्ठ 2 से: “क्लोरोफिल एक हरा वर्णक है जो सूर्य के प्रकाश को सोख लेता है।”");
  expect(made.written[0]?.learningObjectives.slice(0, 2)).toEqual(["समझाइए कि प्रकाश संश्लेषण क्या है।", "समझाइए कि क्लोरोफिल क्या है।"]);
});

test("gaps ask for years, quantities and names among others of their kind", async () => {
  const made = await course(records);
  checkCourse(records, made);
  expect(asked(made)).toEqual([
    ["Complete the sentence: “A second pump was bought in _____ from a maker in Pune.”", "1911", "hard", 1, null],
    ["Complete the sentence: “The reservoir on Ganesh Hill holds _____ million litres at the end of the rains.”", "450", "hard", 3, null],
    ["Complete the sentence: “A third basin in Shivaji Park was drained and now holds _____ million litres of rain in a wet year.”", "300", "hard", 3, null],
  ]);
  expect(Object.values(made.questions[0]?.[0]?.options ?? {}).toSorted()).toEqual(["1894", "1902", "1911", "1936"]);
  expect(Object.values(made.questions[0]?.[1]?.options ?? {}).toSorted()).toEqual(["120", "200", "300", "450"]);
});
