/** A word of a text: where it stands and whether it follows the word before within one phrase. */
export interface Word {
  text: string;
  /** Folded for comparison: see `fold`. */
  key: string;
  start: number;
  end: number;
  /** False where punctuation stands between this word and the one before, and for the first word. */
  joined: boolean;
}

const wordPattern = /[\p{L}\p{N}][\p{L}\p{M}\p{N}\u200c\u200d]*(?:-[\p{L}\p{N}][\p{L}\p{M}\p{N}\u200c\u200d]*)*(?:['’](?:s|t|re|ve|ll|d|m)(?![\p{L}\p{M}]))?/gu;
/** Parts one word from the next without parting the phrase: nothing but space, an elision (l’eau), or the point of a short title. */
const joint = /^\s*$|^['’]$/u;
const titles = new Set(["St", "Mt", "Dr", "Mr", "Mrs", "Ms", "Prof"]);
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;

/** Lower case without the accents of Latin, Greek and Cyrillic letters; marks of other scripts carry sounds and stay. */
export const fold = (text: string): string =>
  text.normalize("NFKD").replace(/[\u0300-\u036f\u200c\u200d]/gu, "").replaceAll("’", "'").toLowerCase();

export const words = (text: string): Word[] => {
  const found: Word[] = [];
  let last = 0;
  for (const match of text.matchAll(wordPattern)) {
    const start = match.index;
    const gap = text.slice(last, start);
    found.push({
      text: match[0],
      key: fold(match[0]),
      start,
      end: start + match[0].length,
      joined: found.length > 0 && (joint.test(gap) || (gap === ". " && titles.has(found[found.length - 1]?.text ?? ""))),
    });
    last = start + match[0].length;
  }
  return found;
};

/** Words to read; in scripts that part no words by spaces two and a half characters count as one. */
export const countWords = (text: string): number => {
  const dense = text.match(unspaced)?.length ?? 0;
  const spaced = (dense > 0 ? text.replace(unspaced, " ") : text).match(wordPattern)?.length ?? 0;
  return spaced + Math.ceil(dense / 2.5);
};

/** Whether most of the text is written without spaces between words. */
export const isUnspaced = (text: string): boolean => (text.match(unspaced)?.length ?? 0) * 2 > text.replace(/\s/gu, "").length;

/** One line, single spaces, without soft hyphens and characters of no width (joiners of Indian scripts stay). */
export const tidy = (text: string): string => text.replace(/\s+/gu, " ").replace(/[\u00ad\u200b\ufeff\p{Cc}]/gu, "").trim();

/** Shortens at the end of a word, with an ellipsis; `limit` in characters of UTF-16. */
export const shorten = (text: string, limit: number): string => {
  if (text.length <= limit) return text;
  const room = text.slice(0, limit - 1);
  const space = room.lastIndexOf(" ");
  const cut = space > limit / 3 ? room.slice(0, space) : Array.from(room).slice(0, -1).join("");
  return `${cut.replace(/[\s,;:–—-]+$/u, "")}…`;
};

/** Whether two folded words are forms of one: equal, or alike but for a short ending. */
export const akin = (a: string, b: string): boolean => {
  if (a === b) return true;
  const shorter = Math.min(a.length, b.length);
  if (shorter < 3 || Math.abs(a.length - b.length) > 4) return false;
  let common = 0;
  while (common < shorter && a[common] === b[common]) common += 1;
  return common >= Math.max(3, shorter - 2);
};

/** FNV-1a: the same number for the same text everywhere; orders what would else need chance. */
export const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
};

/** "a", "a and b", "a, b and c". */
export const joinList = (items: readonly string[], and: string): string =>
  items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")}${and}${items[items.length - 1] ?? ""}`;
