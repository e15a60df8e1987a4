/** The words of a document, by which it is told whether a hyphen at a line's end belongs to its word. */
export class Words {
  private readonly known = new Set<string>();

  constructor(texts: Iterable<string>) {
    for (const text of texts) for (const word of text.toLowerCase().match(/\p{L}[\p{L}\p{M}-]*/gu) ?? []) this.known.add(word);
  }

  /** Lines as one text. A hyphen that typesetting put in goes; one of the word's own, as elsewhere in the text, stays. */
  join(lines: readonly string[]): string {
    let text = "";
    for (const line of lines.map((each) => each.trim()).filter(Boolean)) text = text ? this.pair(text, line) : line;
    return text;
  }

  private pair(text: string, line: string): string {
    const first = /([\p{L}\p{M}]+)[-\u2010\u00AD]$/u.exec(text);
    const second = /^[\p{L}\p{M}]+/u.exec(line);
    if (!first || !second) return /[—/]$/u.test(text) && /^\S/.test(line) ? text + line : `${text} ${line}`;
    const stem = text.slice(0, first.index) + first[1];
    const [one, other] = [(first[1] ?? "").toLowerCase(), second[0].toLowerCase()];
    if (/^\p{Lu}/u.test(line) && !/\p{Lu}$/u.test(first[1] ?? "")) return `${stem}-${line}`;
    if (this.known.has(one + other)) return stem + line;
    if (this.known.has(`${one}-${other}`)) return `${stem}-${line}`;
    return stem + line;
  }
}
