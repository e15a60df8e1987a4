import sanitize from "sanitize-html";
import { boundedMarkdown } from "../documents/markdown.js";
import { maxContent } from "../documents/writer.js";

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
  return sanitize(boundedMarkdown.parse(text, { async: false }), policy);
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
