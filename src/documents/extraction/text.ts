import { mendDevanagari } from "./devanagari.js";

/** Latin ligatures that typesetters draw as one glyph; other compatibility characters (², ½, ™) mean something and stay. */
const ligatures: Record<string, string> = { ﬀ: "ff", ﬁ: "fi", ﬂ: "fl", ﬃ: "ffi", ﬄ: "ffl", ﬅ: "st", ﬆ: "st" };

/**
 * One line of clean text: Unicode NFC, ligatures taken apart, no control, private-use, soft-hyphen or zero-width
 * characters (but the joiners that Indic scripts need), every white space one blank.
 */
export function cleanText(text: string): string {
  const plain = text
    .replace(/[\uFB00-\uFB06]/g, (ligature) => ligatures[ligature] ?? ligature)
    .replace(/[\s\u0085\u2028\u2029]+/g, " ")
    .replace(/[\p{Cc}\p{Co}\p{Cs}\p{Cn}\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\uFFFC\uFFFD]/gu, "");
  return mendDevanagari(plain.normalize("NFC")).replace(/ {2,}/g, " ").trim();
}
