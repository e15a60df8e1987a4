declare module "sentencex" {
  /** Sentences of a text in order; nothing is lost. `languageCode` as in ISO 639-1; unknown ones are split by general rules. */
  export function segment(languageCode: string, text: string): string[];
}
