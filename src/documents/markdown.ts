import { Lexer, Marked, type Token, type TokensList } from "marked";

/** Emphasis takes time with the square of a paragraph's length: beyond this one is shown as it was typed. */
const maxParagraph = 8_000;
/**
 * What may be spent on the signs of emphasis, links and code of one text: the sum of the squares of their numbers in
 * each paragraph, some 0.2 s at most. Paragraphs for which nothing is left are shown as they were typed.
 */
const maxEffort = 5_000_000;
/** Quotations and lists inside one another; what nests deeper is shown as it was typed. */
const maxNesting = 20;

const signs = /(?:\*+|_+|~+|`+|\[)/g;

/** Reads Markdown in time that grows with its length, also where it was written to take longer. */
class BoundedLexer extends Lexer {
  private depth = 0;
  private effort = 0;

  override blockTokens(source: string, tokens?: Token[], lastParagraphClipped?: boolean): Token[];
  override blockTokens(source: string, tokens?: TokensList, lastParagraphClipped?: boolean): TokensList;
  override blockTokens(source: string, tokens: Token[] = [], lastParagraphClipped?: boolean): Token[] {
    if (this.depth >= maxNesting) {
      tokens.push(typed(source));
      return tokens;
    }
    this.depth += 1;
    try {
      return super.blockTokens(source, tokens, lastParagraphClipped);
    } finally {
      this.depth -= 1;
    }
  }

  override inlineTokens(source: string, tokens: Token[] = []): Token[] {
    if (this.affords(source)) return super.inlineTokens(source, tokens);
    tokens.push(typed(source));
    return tokens;
  }

  private affords(source: string): boolean {
    if (source.length > maxParagraph) return false;
    const effort = (source.match(signs)?.length ?? 0) ** 2;
    if (this.effort + effort > maxEffort) return false;
    this.effort += effort;
    return true;
  }
}

const typed = (text: string): Token => ({ type: "text", raw: text, text, escaped: false });

/** Markdown as GitHub has it, read within bounds; used wherever Markdown comes from people, documents or models. */
export const boundedMarkdown: Marked = new Marked({
  gfm: true,
  hooks: { provideLexer: () => tokensOf },
  // Forms are no part of a page: boxes of task lists are drawn as signs.
  renderer: { checkbox: ({ checked }) => (checked ? "☑ " : "☐ ") },
});

/** The tokens of a text, read within the same bounds. */
export const tokensOf = (text: string): TokensList => new BoundedLexer(boundedMarkdown.defaults).lex(text);
