import { Lexer, Marked, type Token, type TokensList } from "marked";
import sanitize from "sanitize-html";

/** The longest content of a topic, in characters. */
export const maxContent = 200_000;
/** Emphasis takes time with the square of a paragraph's length: beyond this one is shown as it was typed. */
const maxParagraph = 8_000;
/** Quotations and lists inside one another; what nests deeper is shown as it was typed. */
const maxNesting = 20;

/** Reads Markdown in time that grows with its length, also where it was written to take longer. */
class BoundedLexer extends Lexer {
  private depth = 0;

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
    if (source.length <= maxParagraph) return super.inlineTokens(source, tokens);
    tokens.push(typed(source));
    return tokens;
  }
}

const typed = (text: string): Token => ({ type: "text", raw: text, text, escaped: false });

const markdown: Marked = new Marked({
  gfm: true,
  hooks: { provideLexer: () => (source) => new BoundedLexer(markdown.defaults).lex(source) },
  // Forms are no part of a page: boxes of task lists are drawn as signs.
  renderer: { checkbox: ({ checked }) => (checked ? "☑ " : "☐ ") },
});

/** An absolute address with one of the schemes, as browsers read it; null for any other. */
function address(text: string | undefined, schemes: readonly string[]): string | null {
  const url = text === undefined ? null : URL.parse(text);
  return url && schemes.includes(url.protocol) ? url.href : null;
}

const policy: sanitize.IOptions = {
  allowedTags: [
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "blockquote", "ul", "ol", "li", "strong", "em", "b", "i", "del", "s",
    "sub", "sup", "kbd", "code", "pre", "a", "img", "table", "thead", "tbody", "tr", "th", "td",
  ],
  allowedAttributes: {
    a: ["href", "title", "rel"],
    img: ["src", "alt", "title", "loading"],
    ol: ["start"],
    th: [{ name: "align", values: ["left", "center", "right"] }],
    td: [{ name: "align", values: ["left", "center", "right"] }],
    code: ["class"],
  },
  allowedClasses: { code: [/^language-[\w+#.-]{1,30}$/] },
  allowedSchemes: ["https", "http", "mailto"],
  allowedSchemesByTag: { img: ["https"] },
  allowProtocolRelative: false,
  nestingLimit: 60,
  transformTags: {
    a: (tagName, { href, title }) => {
      const to = address(href, ["https:", "http:", "mailto:"]);
      return { tagName, attribs: to === null ? {} : { href: to, ...(title && { title }), rel: "noopener noreferrer nofollow" } };
    },
    img: (tagName, { src, alt = "", title }) => {
      const from = address(src, ["https:"]);
      return { tagName, attribs: { ...(from !== null && { src: from }), alt, ...(title && { title }), loading: "lazy" } };
    },
  },
  exclusiveFilter: ({ tag, attribs }) => tag === "img" && !attribs["src"],
};

/**
 * Markdown with HTML in it as HTML that is safe in any page: headings, lists, tables, code, quotations, links, and
 * images by https. Scripts, styles, frames, forms and whatever else is not on the list are left out, their text stays.
 * Text beyond `maxContent` characters is shown as it was typed.
 */
export function htmlOf(text: string): string {
  if (text.length > maxContent) return `<pre>${sanitize(escaped(text), { allowedTags: [] })}</pre>`;
  return sanitize(markdown.parse(text, { async: false }), policy);
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
