import { fold, shorten, tidy, words } from "./text.js";

/** Sections that teach nothing, by their whole heading (numbering and case apart). */
const matter = new Set(
  [
    "contents", "table of contents", "brief contents", "contents at a glance", "index", "subject index", "index of names", "bibliography", "references", "works cited", "sources", "literature",
    "further reading", "copyright", "copyright notice", "copyright page", "copyright and licence", "license", "licence", "licensing", "licence information", "license information", "terms of use", "disclaimer", "legal notice",
    "acknowledgements", "acknowledgments", "acknowledgement", "acknowledgment", "dedication", "about the author", "about the authors", "about this book", "colophon", "imprint", "list of figures", "list of tables",
    "list of abbreviations", "also by the author", "the full project gutenberg license", "full project gutenberg license", "project gutenberg license", "transcriber's note", "transcriber's notes",
    "credits", "image credits", "photo credits", "attributions", "attribution", "revision history", "version history", "changelog", "contact", "contact us",
    "pre-lecture quiz", "post-lecture quiz", "quiz",
    "विषय सूची", "विषय-सूची", "विषयसूची", "अनुक्रमणिका", "अनुक्रम", "सामग्री", "संदर्भ", "सन्दर्भ", "संदर्भ सूची", "ग्रंथ सूची", "ग्रंथसूची", "आभार", "कॉपीराइट", "लाइसेंस", "अस्वीकरण", "समर्पण", "लेखक के बारे में",
    "प्री-लेक्चर क्विज़", "पोस्ट-लेक्चर क्विज़", "प्रश्नोत्तरी",
    "table des matières", "sommaire", "bibliographie", "références", "remerciements", "mentions légales", "licence", "index", "à propos de l'auteur", "crédits",
    "inhaltsverzeichnis", "literaturverzeichnis", "impressum", "danksagung", "índice", "bibliografía", "referencias", "agradecimientos",
  ].map((heading) => fold(heading)),
);

const chapterWord = "(?:chapter|unit|lesson|lecture|module|part|section|week|topic|अध्याय|पाठ|इकाई|भाग|chapitre|leçon|partie|kapitel|capítulo)";
const numbering = new RegExp(
  `^(?:${chapterWord}\\s+(?:[\\p{N}]+(?:\\.[\\p{N}]+)*|[ivxlc]+)\\s*(?:[.:)–—-]\\s*|$)|[\\p{N}]+(?:\\.[\\p{N}]+)*[.):]?\\s+|[\\p{N}]+(?:\\.[\\p{N}]+)+\\s*|[ivxlc]+[.):]\\s+|\\(?[a-z0-9]\\)\\s+)`,
  "iu",
);
const small = new Set("a an and as at but by for from in into nor of on or over per the to via vs with".split(" "));

/** Headings shouted in capitals, written like a title; short capitals within others stay (an acronym beside words in lower case). */
const calm = (text: string): string => {
  const letters = text.replace(/[^\p{L}]/gu, "");
  if (letters.length < 5 || letters !== letters.toUpperCase() || letters === letters.toLowerCase()) return text;
  let first = true;
  return text.replace(/[\p{L}\p{M}'’]+/gu, (word) => {
    const lower = word.toLowerCase();
    const kept = /^[IVX]+$/u.test(word) && word.length > 0 && word !== "I" ? word : !first && small.has(lower) ? lower : word.charAt(0) + lower.slice(1);
    first = false;
    return kept;
  });
};

/** A heading without numbers, pictures, leaders to a page and the marks around it; empty when nothing is left that names anything. */
export const cleanHeading = (raw: string): string => {
  let text = tidy(raw.replace(/[\p{Extended_Pictographic}\ufe0f]/gu, " ").replace(/(?:\s?[.·…]){3,}\s*\p{N}*\s*$/u, ""));
  text = text.replace(/^[#*_\s•▪–—-]+|[#*_\s]+$/gu, "");
  const bare = text.replace(numbering, "");
  if (/\p{L}{2}/u.test(bare) && !/^\p{Ll}/u.test(bare)) text = bare;
  text = text.replace(/[\s:;,–—-]+$/u, "").replace(/(?<![.\p{Lu}])\.$/u, "");
  if (!/\p{L}[\p{L}\p{M}]/u.test(text) || /^[ivxlc]+[.)]?$/iu.test(text) || new RegExp(`^${chapterWord}\\s+[\\p{N}ivxlc]+$`, "iu").test(text)) return "";
  const calmed = calm(text).replace(/(?<![.\p{Lu}])\.$/u, "");
  // A line cut off in the middle of a sentence names nothing.
  if (/^\S+\.(?:com|org|net|edu|in)$/iu.test(calmed)) return "";
  if (/^[“"‘'].*[.!?][”"’']$/u.test(calmed)) return "";
  if (/\s(?:of|and|or|the|an?|to|in|for|with|by|from|is|are|was|that|we|my|his|her|their|et|de|la|le|का|के|की|और|में)$/iu.test(calmed) || /^\p{Ll}.*\s.*\s/u.test(calmed) && /[,;]/u.test(calmed)) return "";
  return shorten(calmed, 120);
};

/** Whether a section under this heading is contents, licence, index, bibliography or the like. */
export const isMatter = (raw: string): boolean => matter.has(fold(cleanHeading(raw)).replace(/[.:]$/u, ""));

const leader = /(?:\.\s?){4,}\s*\p{N}+\s*$|\s\.{3,}\s*\p{N}+$/u;
const legal =
  /^(?:disclaimer|अस्वीकरण|avertissement)\s*[:.]|^\W*(?:copyright\s*)?©|^copyright \(?c\)?\b|all rights reserved|project gutenberg|^isbn\b|^(?:this (?:work|document|book) is )?licen[sc]ed under\b|creativecommons\.org/iu;
const address = /^\s*(?:https?:\/\/|www\.)\S+\s*$/u;

/** Whether a paragraph is a line of a table of contents, a notice of rights, a lone address or a page number. */
export const isMatterText = (raw: string): boolean => {
  const text = tidy(raw);
  return address.test(text) || /^(?:page\s*|p\.\s*|पृष्ठ\s*)?\p{Nd}{1,4}$/iu.test(text) || (text.length < 400 && leader.test(text)) || (text.length < 1_500 && legal.test(text.slice(0, 400)));
};

/** Name of a file as a title: no folders, no ending, words instead of dashes; empty when it is all numbers and signs. */
export const titleOfFile = (filename: string): string => {
  const base = (filename.split(/[\\/]/u).pop() ?? "").replace(/\.[a-z0-9]{1,5}$/iu, "");
  const spaced = tidy(base.replace(/[_+.-]+/gu, " ").replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")).replace(/\s*\((?:\d+|copy|final)\)$/iu, "");
  if (!/\p{L}{2}/u.test(spaced)) return "";
  return shorten(spaced.charAt(0).toUpperCase() + spaced.slice(1), 200);
};

/** Whether a title kept in a file names the document, rather than the program or the file that it was made from. */
export const namesDocument = (title: string): boolean =>
  /\p{L}{2}/u.test(title) &&
  words(title).length <= 25 &&
  !/^(?:microsoft word|untitled|document\s*\d*$|presentation\s*\d*$|slide\s*1$|unbenannt|sans titre|powerpoint)/iu.test(title) &&
  !/\.(?:docx?|pdf|txt|md|tex|odt|pptx?|indd|qxd)$/iu.test(title);
