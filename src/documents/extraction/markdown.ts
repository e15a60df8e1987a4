import { lexer, type Token, type Tokens } from "marked";
import type { Block } from "../document.js";
import { htmlText } from "./html.js";
import { decode } from "./plain.js";
import type { Reading } from "./read.js";

/** Quotes and lists within each other that are looked into; deeper ones are left out. */
const deepest = 20;

/** Reads Markdown: front matter, images, badges and HTML go, links leave their text, code keeps its lines. */
export async function readMarkdown(bytes: Buffer): Promise<Reading> {
  const { title, body } = splitFrontMatter(decode(bytes));
  return { title, pages: null, blocks: blocksOf(lexer(body), 0) };
}

/** YAML or TOML between fences at the very beginning; of it only the title is wanted. */
function splitFrontMatter(text: string): { title: string | null; body: string } {
  const match = /^\uFEFF?(---|\+\+\+)\n([\s\S]{0,20000}?)\n\1(?:\n|$)/.exec(text);
  if (!match) return { title: null, body: text };
  const title = /^title\s*[:=]\s*(?:"([^"\n]+)"|'([^'\n]+)'|([^\n]+?))\s*$/m.exec(match[2] ?? "");
  return { title: title?.[1] ?? title?.[2] ?? title?.[3] ?? null, body: text.slice(match[0].length) };
}

function blocksOf(tokens: readonly Token[], depth: number): Block[] {
  return depth > deepest ? [] : tokens.flatMap((token) => blockOf(token as Tokens.Generic, depth));
}

function blockOf(token: Tokens.Generic, depth: number): Block[] {
  switch (token.type) {
    case "heading":
      return [{ kind: "heading", level: Math.min(6, Number(token["depth"])), text: inline(token.tokens), page: null }];
    case "paragraph":
      return [{ kind: "paragraph", text: inline(token.tokens), page: null }];
    case "text":
      return [{ kind: "paragraph", text: token.tokens ? inline(token.tokens) : htmlText(token.raw), page: null }];
    case "blockquote":
      return blocksOf(token.tokens ?? [], depth + 1);
    case "code":
      return [{ kind: "code", text: String(token["text"]), language: /^[\w+#.-]+/.exec(String(token["lang"] ?? ""))?.[0] ?? null, page: null }];
    case "list":
      return listOf(token as Tokens.List, depth);
    case "table":
      return tableOf(token as Tokens.Table);
    case "html":
      return htmlParagraphs(token.raw);
    default:
      return [];
  }
}

/** Text that stands within HTML blocks, such as a folded answer; comments and markup are gone. */
const htmlParagraphs = (html: string): Block[] =>
  htmlText(html)
    .split(/\n\s*\n/)
    .map((text): Block => ({ kind: "paragraph", text, page: null }));

/** A list with the items of inner lists after their own; an item that holds code or a table is followed by it. */
function listOf(list: Tokens.List, depth: number): Block[] {
  const blocks: Block[] = [];
  let items: string[] = [];
  const close = (): void => {
    if (items.length > 0) blocks.push({ kind: "list", ordered: list.ordered, items, page: null });
    items = [];
  };
  for (const item of list.items) {
    const inner = blocksOf(item.tokens, depth + 1);
    const [first, ...rest] = inner;
    let text = first?.kind === "paragraph" || first?.kind === "heading" ? first.text : "";
    for (const block of text ? rest : inner) {
      if (block.kind === "paragraph") text += (text ? " " : "") + block.text;
      else if (block.kind === "list") {
        if (text) items.push(text);
        text = "";
        items.push(...block.items);
      } else {
        if (text) items.push(text);
        text = "";
        close();
        blocks.push(block);
      }
    }
    if (text) items.push(text);
  }
  close();
  return blocks;
}

function tableOf(table: Tokens.Table): Block[] {
  const rows = [table.header, ...table.rows].map((row) => row.map((cell) => inline(cell.tokens)));
  return [{ kind: "table", rows, page: null }];
}

/** The text of inline tokens: emphasis, links and code leave their text; images, HTML and footnote marks nothing. */
function inline(tokens: readonly Token[] | undefined): string {
  return (tokens ?? []).map((token) => inlineOf(token as Tokens.Generic)).join("");
}

function inlineOf(token: Tokens.Generic): string {
  switch (token.type) {
    case "image":
      return "";
    case "html":
      return /^<br\b/i.test(token.raw) ? "\n" : "";
    case "br":
      return "\n";
    case "codespan":
      return String(token["text"]);
    case "checkbox":
      return "";
    default:
      return token.tokens ? inline(token.tokens) : htmlText(String(token["text"] ?? ""));
  }
}
