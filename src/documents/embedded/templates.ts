/** Sentences that the writer itself says, in the language of the course. */
export interface Templates {
  and: string;
  part: (title: string, number: number) => string;
  covers: (titles: string) => string;
  inShort: string;
  objective: {
    is: (term: string, plural: boolean) => string;
    term: (term: string) => string;
    name: (name: string) => string;
    question: (title: string) => string;
    list: (title: string) => string;
    summary: (title: string) => string;
  };
  definition: (term: string, plural: boolean) => string;
  described: (description: string) => string;
  cloze: (sentence: string) => string;
  source: (file: string, page: number | null, sentence: string) => string;
}

const full: Record<string, Templates> = {
  en: {
    and: " and ",
    part: (title, number) => `${title}, part ${number}`,
    covers: (titles) => `This week is about ${titles}.`,
    inShort: "In short",
    objective: {
      is: (term, plural) => `Explain what ${term} ${plural ? "are" : "is"}.`,
      term: (term) => `Explain the term “${term}”.`,
      name: (name) => `Say who or what “${name}” is.`,
      question: (title) => `Answer the question “${title}”`,
      list: (title) => `List the points named under “${title}”.`,
      summary: (title) => `Describe the main points of “${title}”.`,
    },
    definition: (term, plural) => `What ${plural ? "are" : "is"} ${term}?`,
    described: (description) => `Which term does this describe: “${description}”?`,
    cloze: (sentence) => `Complete the sentence: “${sentence}”`,
    source: (file, page, sentence) => `From “${file}”${page === null ? "" : `, page ${page}`}: “${sentence}”`,
  },
  hi: {
    and: " और ",
    part: (title, number) => `${title}, भाग ${number}`,
    covers: (titles) => `इस सप्ताह के विषय: ${titles}।`,
    inShort: "संक्षेप में",
    objective: {
      is: (term, plural) => `समझाइए कि ${term} क्या ${plural ? "हैं" : "है"}।`,
      term: (term) => `“${term}” का अर्थ समझाइए।`,
      name: (name) => `बताइए कि “${name}” कौन या क्या है।`,
      question: (title) => `इस प्रश्न का उत्तर दीजिए: “${title}”`,
      list: (title) => `“${title}” में बताए गए बिंदुओं की सूची बनाइए।`,
      summary: (title) => `“${title}” की मुख्य बातें बताइए।`,
    },
    definition: (term, plural) => `${term} क्या ${plural ? "हैं" : "है"}?`,
    described: (description) => `यह किसका वर्णन है: “${description}”?`,
    cloze: (sentence) => `वाक्य पूरा कीजिए: “${sentence}”`,
    source: (file, page, sentence) => `“${file}”${page === null ? "" : `, पृष्ठ ${page}`} से: “${sentence}”`,
  },
};

/** Full sets of sentences; null for languages that the writer has none for, where it says nothing of its own. */
export const templatesOf = (language: string): Templates | null => full[language] ?? null;

const and: Record<string, string> = { fr: " et ", es: " y ", pt: " e ", de: " und ", it: " e ", mr: " आणि ", nl: " en " };
const inShort: Record<string, string> = { fr: "En bref", es: "En resumen", pt: "Em resumo", de: "Kurz gefasst", it: "In breve", mr: "थोडक्यात", nl: "In het kort" };

export const andOf = (language: string): string => full[language]?.and ?? and[language] ?? ", ";

/** Heading of a summary; null where it must do without. */
export const inShortOf = (language: string): string | null => full[language]?.inShort ?? inShort[language] ?? null;

export const partOf = (language: string, title: string, number: number): string => full[language]?.part(title, number) ?? `${title} (${number})`;

/** Question with a gap; the sentence alone where no words of the language are at hand. */
export const clozeOf = (language: string, sentence: string): string => full[language]?.cloze(sentence) ?? sentence;

export const sourceOf = (language: string, file: string, page: number | null, sentence: string): string =>
  full[language]?.source(file, page, sentence) ?? `“${file}”${page === null ? "" : `, p. ${page}`}: “${sentence}”`;
