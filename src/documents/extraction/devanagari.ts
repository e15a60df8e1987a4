const consonant = "[\\u0915-\\u0939\\u0958-\\u095F]\\u093C?";
const cluster = `(?:${consonant}\\u094D)*${consonant}`;
/** Signs that only stand on a letter: vowel signs, virama, nukta, nasal signs. */
const sign = "[\\u0900-\\u0903\\u093A-\\u093C\\u093E-\\u094F\\u0955-\\u0957\\u0962\\u0963]";

const visualOrder = new RegExp(`(?<![\\u0915-\\u0939\\u0958-\\u095F\\u093C])\\u093F(${cluster})`, "gu");
const blankBeforeSign = new RegExp(`(?<=[\\u0900-\\u097F]) +(?=${sign})`, "gu");
const blankAfterVirama = new RegExp(`(?<=${consonant}\\u094D) +(?=[\\u0915-\\u0939])`, "gu");

/**
 * Mends what PDFs commonly do to Hindi and other Devanagari: the vowel sign ि stands before its letter, as it is drawn,
 * and blanks part a letter from its signs.
 */
export function mendDevanagari(text: string): string {
  if (!/[\u0900-\u097F]/.test(text)) return text;
  return text.replace(visualOrder, "$1\u093F").replace(blankBeforeSign, "").replace(blankAfterVirama, "");
}

/**
 * Numbers of glyphs that stand where characters should: a font of Noto's that was embedded without a full table of its
 * characters (as WeasyPrint and others do) names glyphs that belong to no single character by their number.
 */
const vowelGlyph = "[\\u0250-\\u0293]";
const strayVowel = new RegExp(`${vowelGlyph}(?=[\\u00B7-\\u00D7]*[\\u0915-\\u0939])`, "gu");
/** Fewer of these are phonetic script in a text about sounds. */
const fewestStray = 5;

/** Whether texts show the glyphs' numbers of such a font: then `restoreGlyphs` is right for all of them. */
export function showsGlyphs(texts: readonly string[]): boolean {
  let found = 0;
  for (const text of texts) {
    found += text.match(strayVowel)?.length ?? 0;
    if (found >= fewestStray) return true;
  }
  return false;
}

const half = /[\u00B7-\u00D7](?=[\u0915-\u0939])/gu;
const drawnBefore = new RegExp(`(${vowelGlyph})(${cluster})\\u093F?(\\u0902?)`, "gu");
const rephAfter = new RegExp(`(${cluster})([\\u093E-\\u094C\\u0900-\\u0902\\uE000]*)\\u0930\\u094D${consonant}(${sign}*)`, "gu");
/** Syllables that are no words of Hindi: what follows belongs to them, the blank came from a wrong width. */
const noWord = new RegExp(
  `(?<=^|[\\s("'‘“/-])((?:[दहर][\\u0941\\u0942]|ज़े|श्रृं|(?:${consonant}\\u094D)+${consonant}[\\u0941-\\u0943\\u0947\\u0948]?|प्रदू)) (?=[\\u0904-\\u0939\\u00B7-\\u00D7\\u0250-\\u0293])`,
  "gu",
);

/** Stand for a true ि and a true र् while false ones are looked for. */
const kept = "\uE000";
const keptReph = "\uE001";

/**
 * Puts words together again from glyphs in the order in which they are drawn. In such fonts the vowel sign ि is a glyph
 * without a character, drawn before its letters; the first letter that it ever stood with claims it for good, so that
 * every स reads सि; and the र् above a letter follows it, together with the letter that it first stood on. What
 * cannot be told: which of two letters a ligature's glyph stands for where a font draws several alike, and blanks
 * after syllables of wrong width that could be words.
 */
export function restoreGlyphs(text: string): string {
  if (!/[\u0900-\u097F]/.test(text)) return text;
  return restoreHalves(text)
    .replace(blankBeforeSign, "")
    .replace(drawnBefore, (_, glyph: string, letters: string, dot: string) => {
      const code = glyph.charCodeAt(0);
      // The glyphs from here on are those with the र् above: the dot is theirs, but for the last, which have both.
      const above = code >= 0x277;
      return (above ? keptReph : "") + letters + kept + (above && code < 0x283 ? "" : dot);
    })
    .replace(/(?<=[\u0915-\u0939\u093C])\u093F/gu, "")
    .replace(rephAfter, "\u0930\u094D$1$2$3")
    .replaceAll(kept, "\u093F")
    .replaceAll(keptReph, "\u0930\u094D")
    .replace(noWord, "$1");
}

/** Half letters, whose glyphs are numbered in the order of the letters; the first of them looks like a list's mark. */
export function restoreHalves(text: string): string {
  return text.replace(half, (glyph) => `${String.fromCodePoint(0x915 + glyph.charCodeAt(0) - 0xb7)}\u094D`);
}

const lostHead = new RegExp(`(?:${consonant}\\u094D)+$`, "u");
const lastSyllable = new RegExp(`(?:^|(?<=[\\s।]))(?:${consonant}\\u094D)*${consonant}$`, "u");

/**
 * How many characters at the end of a line are the first of the next: glyphs without a width, such as स् or प्र, end up
 * there. Words do not end with a virama, nor begin with a sign.
 */
export function strayedFrom(line: string, next: string): number {
  const head = lostHead.exec(line) ?? (new RegExp(`^${sign}`, "u").test(next) ? lastSyllable.exec(line) : null);
  return head?.[0].length ?? 0;
}
