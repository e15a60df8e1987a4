import type { Block } from "../document.js";
import type { CoursePlan, Source } from "../writer.js";

/** A run of blocks as the model sees it: a heading with what follows, or a part of that. */
export interface Passage {
  /** From 1, over all documents. */
  number: number;
  document: number;
  from: number;
  to: number;
  page: number | null;
  text: string;
}

/** Characters after which a passage ends; more in long documents, so that there are few enough to name. */
const passageSize = 1_500;
const mostPassages = 600;

const written = (block: Block): string => {
  switch (block.kind) {
    case "heading": return `${"#".repeat(block.level)} ${block.text}`;
    case "paragraph": return block.text;
    case "list": return block.items.map((item) => `- ${item}`).join("\n");
    case "table": return block.rows.map((row) => row.join(" | ")).join("\n");
    case "code": return `\`\`\`\n${block.text}\n\`\`\``;
  }
};

/** Cuts the documents into numbered passages; each block stands in exactly one. */
export function passagesOf({ documents }: Source): Passage[] {
  const total = documents.reduce((sum, { blocks }) => sum + blocks.reduce((size, block) => size + written(block).length, 0), 0);
  const size = Math.max(passageSize, Math.ceil((2 * total) / mostPassages));
  const passages: Passage[] = [];
  for (const [document, { blocks }] of documents.entries()) {
    let open: Passage | null = null;
    for (const [index, block] of blocks.entries()) {
      const begins: boolean = open === null || open.text.length >= size || (block.kind === "heading" && open.text.length >= size / 3);
      if (begins || open === null) {
        open = { number: passages.length + 1, document, from: index, to: index, page: block.page, text: "" };
        passages.push(open);
      }
      open.to = index + 1;
      open.page ??= block.page;
      open.text += `${open.text === "" ? "" : "\n"}${written(block)}`;
    }
  }
  return passages;
}

/** The passages one after the other, within a budget of characters: each begins with as many as its share allows. */
export function shown(passages: readonly Passage[], budget: number): string {
  const each = Math.max(60, Math.floor(budget / Math.max(1, passages.length)) - 40);
  return passages.map((passage) => tagged(passage, each)).join("\n");
}

/** A document cannot end its passage: what looks like our tags in it is taken apart. */
function tagged({ number, page, text }: Passage, most: number): string {
  const inner = (text.length > most ? `${text.slice(0, most)}…` : text).replace(/<(\/?)passage/gi, "‹$1passage");
  return `<passage number="${number}"${page === null ? "" : ` page="${page}"`}>\n${inner}\n</passage>`;
}

type Topic = CoursePlan["modules"][number]["topics"][number];

/** The passages that share blocks with a topic, in their order. */
export const passagesIn = (passages: readonly Passage[], { spans }: Topic): Passage[] =>
  passages.filter((passage) => spans.some(({ document, from, to }) => document === passage.document && passage.from < to && from < passage.to));
