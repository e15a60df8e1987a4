/** Mends what is wrong with Hindi (and other Devanagari) as PDFs give it. */
export function mendDevanagari(text: string): string {
  if (!/[\u0900-\u097F]/.test(text)) return text;
  // A sign that combines with the letter before it never begins a word.
  return text.replace(/(?<=[\u0900-\u097F]) +(?=[\u0900-\u0903\u093A-\u093C\u093E-\u094F\u0955-\u0957\u0962\u0963])/g, "");
}
