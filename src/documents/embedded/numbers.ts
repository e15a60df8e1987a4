import type { Sentence } from "./reading.js";

/** A number as a text writes it. */
export interface Figure {
  text: string;
  start: number;
  kind: "year" | "percent" | "money" | "count";
  value: number;
  document: number;
  block: number;
}

/** Numbers standing alone: no parts of dates, versions, codes, ranges, ordinals or numbered references. */
const pattern = /(?<![\p{L}\p{M}\p{N}.,:/–-])(?<money>(?:US)?[$€£₹]\s?)?(?<digits>\p{Nd}+(?:,\p{Nd}{2,3})*(?:\.\p{Nd}+)?)(?<percent>\s?%)?(?![\p{L}\p{M}\p{N}/–:-]|[.,]\p{N})/gu;
const pointing = /(?:\b(?:figure|fig\.?|table|page|chapter|section|step|part|volume|no\.?|number|item|level|unit|lesson|version|windows|pi)|#|चित्र|पृष्ठ|अध्याय|भाग|तालिका)\s*$/iu;
const month = /\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|जनवरी|फरवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर|अक्टूबर|नवंबर|दिसंबर)[a-z]*\.?,?\s*$/iu;

const asciiDigits = (text: string): string =>
  text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    if (code < 0x80) return digit;
    // Digits of a script stand together, from nought on; those of Indian scripts begin at ...6.
    return String((code - 6) % 16 < 10 && code >= 0x0966 && code <= 0x0def ? (code & 0x0f) - 6 : code % 10);
  });

/** Numbers of a sentence that a question may ask for. */
export const figuresIn = (sentence: Sentence): Figure[] => {
  const found: Figure[] = [];
  for (const match of sentence.text.matchAll(pattern)) {
    const { money, digits = "", percent } = match.groups ?? {};
    const ahead = sentence.text.slice(0, match.index);
    if (pointing.test(ahead)) continue;
    const value = Number(asciiDigits(digits).replaceAll(",", ""));
    const kind = percent ? "percent" : money ? "money" : /^\p{Nd}{4}$/u.test(digits) && value >= 1000 && value < 2100 ? "year" : "count";
    if (kind !== "year" && month.test(ahead)) continue;
    if (ahead.trim() === "") continue;
    found.push({ text: match[0], start: match.index, kind, value, document: sentence.document, block: sentence.block });
  }
  return found;
};

/** Three other numbers of the text that could stand in its place: of the same kind and size, the nearest ones; null when there are not three. */
export const otherFigures = (answer: Figure, all: readonly Figure[], sentence: string): string[] | null => {
  const places = (figure: Figure): number => /\.(\p{Nd}+)/u.exec(figure.text)?.[1]?.length ?? 0;
  const distance = (figure: Figure): number => (answer.kind === "year" ? Math.abs(figure.value - answer.value) : Math.abs(Math.log((figure.value + 1) / (answer.value + 1))));
  const limit = answer.kind === "year" ? 150 : Math.log(12);
  const near = all
    .filter((figure) => figure.kind === answer.kind && figure.value !== answer.value && places(figure) === places(answer) && distance(figure) <= limit && !sentence.includes(figure.text))
    .sort((a, b) => distance(a) - distance(b) || a.value - b.value);
  const found: Figure[] = [];
  for (const figure of near) if (found.length < 3 && found.every((other) => other.value !== figure.value)) found.push(figure);
  return found.length === 3 ? found.map((figure) => figure.text) : null;
};
