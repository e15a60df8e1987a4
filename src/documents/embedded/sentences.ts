import { countWords, tidy } from "./text.js";

/** Longer runs without an end are no sentences but lists or damage; they are cut at spaces so that nothing here grows with them. */
const longest = 20_000;

const segmenters = new Map<string, Intl.Segmenter>();

/** Splits by the rules of Unicode for the language; what they get wrong is mended by whoever calls. */
function segment(language: string, text: string): string[] {
  const segmenter = segmenters.get(language) ?? new Intl.Segmenter(language, { granularity: "sentence" });
  segmenters.set(language, segmenter);
  return Array.from(segmenter.segment(text), ({ segment: sentence }) => sentence);
}

const pieces = (text: string): string[] => {
  if (text.length <= longest) return [text];
  const found: string[] = [];
  for (let at = 0; at < text.length; ) {
    const space = text.lastIndexOf(" ", at + longest);
    const end = at + longest >= text.length ? text.length : space > at ? space : at + longest;
    found.push(text.slice(at, end));
    at = end;
  }
  return found;
};

const abbreviated = /(?:^|\s)(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|Fig|No|Vol|vs|etc|e\.g|i\.e|cf|approx|डॉ|श्री|प्रो|सं|M|Mme)\.$/u;
/** An end of a sentence that the splitter misses in this text: after a danda, or closing marks before a capital. */
const missed = /(?<=[।॥])\s*(?=\S)|(?<=[.!?]["”’»)\]])\s+(?=[\p{Lu}"“‘«(])/u;

/** Sentences of a paragraph in order, each on one line; nothing is lost but spaces. */
export const splitSentences = (language: string, text: string): string[] => {
  const found: string[] = [];
  for (const piece of pieces(tidy(text))) {
    for (const raw of segment(language, piece)) {
      for (const part of raw.split(missed)) {
        const sentence = part.trim();
        if (sentence === "") continue;
        const last = found[found.length - 1];
        // A capital or a mark of closing starts or ends nothing by itself: what begins in lower case goes on.
        if (last !== undefined && (/^[\p{Ll},;:)\]”»]/u.test(sentence) || abbreviated.test(last)) && last.length + sentence.length < longest) {
          found[found.length - 1] = `${last} ${sentence}`;
        } else found.push(sentence);
      }
    }
  }
  return found;
};

const pairs: readonly (readonly [string, string])[] = [["(", ")"], ["[", "]"], ["“", "”"], ["«", "»"]];

const balanced = (text: string): boolean =>
  pairs.every(([open, close]) => text.split(open).length === text.split(close).length) && text.split('"').length % 2 === 1;

/** A heading that runs into its paragraph: three or more words of a title before a sentence begins. */
const runIn = /^(?:\p{Lu}[\p{L}’'-]*\s+(?:(?:of|to|in|and|the|for|by|with|on|a)\s+){0,2}){3,}(?:The|An?|In|Any|Every|When|If|This|For|On|At|By|As|All|No|Most|Some|There|We|You|One|To)\s+\p{Ll}/u;
const shouted = /(?:\p{Lu}{4,}.*){2}/u;
const pictures = /[\p{Extended_Pictographic}\u2190-\u21ff\u2500-\u27bf•▪●◦]/u;
const addresses = /https?:|www\.|\S@\S+\.\S|\S\.(?:com|org|net|html?|pdf|md)\b/u;

/** Whether a sentence begins and ends as one, with its quotes and brackets closed, and holds prose rather than addresses or signs. */
export const isComplete = (sentence: string): boolean =>
  /^["“‘«(]?[\p{Lu}\p{Lo}\p{N}]/u.test(sentence) &&
  /[.!?।॥。！？]["”’»)\]]?$/u.test(sentence) &&
  !/(?:\.\.|…)["”’»)\]]?$/u.test(sentence) &&
  balanced(sentence) &&
  !pictures.test(sentence) &&
  !addresses.test(sentence) &&
  !runIn.test(sentence) &&
  !/\p{Co}|\ufffd|[|\\{}<>=^~]|_{2,}|\.{4,}/u.test(sentence);

const leans: Record<string, RegExp> = {
  en: /^(?:it|its|it's|this|these|those|that|that's|they|their|them|he|she|his|her|hers|him|we|our|i|my|you|your|such|here|here's|there|then|thus|therefore|hence|however|but|and|or|so|also|another|others?|both|neither|either|each of|one of (?:them|these)|some of|most of|many of|the (?:former|latter|following|above|other|same|second|third|next|first|last|result|answer)|as (?:mentioned|shown|above|we|you|a result|such)|in (?:this|that|these|other words|short|addition|fact|contrast|both)|for (?:example|instance|this|that|these)|similarly|instead|otherwise|meanwhile|moreover|furthermore|besides|likewise|consequently|accordingly|finally|first|firstly|secondly|next|again|yet|still|because|although|although|if so|what|which|who|whose|when|where|why|how|note|see|click|let|to do|once|now|after (?:this|that)|before (?:this|that)|at (?:this|that|first|last)|on the (?:other|contrary)|well|yes|no|oh|not)\b/iu,
  hi: /^(?:यह|ये|वह|वे|इस|इसका|इसके|इसकी|इसमें|इससे|इसे|इसलिए|इन|इनका|इनके|इनकी|इनमें|इनसे|इन्हें|उस|उसका|उसके|उसकी|उसमें|उसे|उन|उनका|उनके|उनकी|उनमें|उन्हें|ऐसा|ऐसी|ऐसे|यहां|यहाँ|वहां|वहाँ|और|या|पढ़ें|देखें|करें|लेकिन|परंतु|परन्तु|किंतु|मगर|तो|तब|फिर|अतः|साथ ही|दोनों|दूसरा|दूसरी|दूसरे|अन्य|कुछ अन्य|आप|आपका|आपके|आपकी|आपको|मैं|मेरा|मेरे|मेरी|मुझे|हम|हमारा|हमारे|हमारी|हमें|उदाहरण|जबकि|बल्कि|हालांकि|इसी|उसी|नीचे|ऊपर|निम्न|निम्नलिखित|क्या|कौन|क्यों|कब|कहाँ|कहां|कैसे|अब|पहला|पहले|यदि|अगर|जब)(?=[\s,])/u,
  fr: /^(?:il|elle|ils|elles|ce|cet|cette|ces|c'est|c’est|cela|ça|on|nous|vous|je|j'|j’|tu|mais|et|ou|donc|ainsi|puis|alors|celui|celle|ceux|celles|son|sa|ses|leur|leurs|or|car|en effet|par exemple|de plus|toutefois|cependant|enfin|ici|voici|y|en)(?=[\s,'’]|$)/iu,
};

const points: Record<string, RegExp> = {
  en: /\b(?:fig(?:ure|\.)?|table|section|chapter|page|appendix|equation|example|step|exercise|lecture)s?\s*\(?\d|(?:lessons?|assignments?|homework|quiz(?:zes)?|lectures?|videos?|office hour)\b|\b(?:below|above|the following|as follows|this (?:lesson|lecture|chapter|section|book|page|week|course|paper|document|guide|article|example|case|way|is|was|means)|these|those|such(?! as)|aforesaid|here|later in|earlier in|next lesson|previous|see|click|you|your|you'?ll|we|we'?ll|our|us|i|i'?m|me|my|let's|yesterday|today|tomorrow|ago|last (?:year|month|week|night))\b|["“”]/iu,
  hi: /चित्र\s*\d|तालिका\s*\d|(?:^|\s)(?:नीचे|ऊपर|निम्नलिखित|निम्न|इस (?:पाठ|अध्याय|पुस्तक|खंड|तरह|प्रकार)|अगले|पिछले|यहां|यहाँ|आप|आपका|आपके|आपकी|आपको|हम|हमारा|हमारे|हमारी|हमें|मैं|मेरा|मेरे|मेरी|मुझे|इन|ये|देखें|क्लिक)(?=[\s,।])|["“”]/u,
  fr: /\b(?:figure|tableau|page|chapitre|section)\s*\d|ci-(?:dessous|dessus|contre|après)|(?:^|\s)(?:je|nous|vous|notre|nos|votre|vos|cet|cette|ces|voir)(?=[\s,])|["“”«»]/iu,
};

/** Whether a complete sentence can be understood alone: it leans on no sentence before it and points at nothing beside it. */
export const isSelfContained = (sentence: string, language: string): boolean =>
  !/[?!:？！]["”’»)\]]?$/u.test(sentence) &&
  !/^["“‘«(]/u.test(sentence) &&
  !shouted.test(sentence) &&
  !(leans[language]?.test(sentence) ?? false) &&
  !(points[language]?.test(sentence) ?? false);

/** Whether it only begins by itself; what it holds may speak to the reader. Fit for summaries, not for questions. */
export const beginsAlone = (sentence: string, language: string): boolean =>
  !/[?:？]["”’»)\]]?$/u.test(sentence) && !/^["“‘«(]/u.test(sentence) && !(leans[language]?.test(sentence) ?? false);

/** Words of a sentence that is neither a scrap nor a whole paragraph. */
export const hasLength = (sentence: string, least: number, most: number): boolean => {
  const count = countWords(sentence);
  return count >= least && count <= most;
};
