import { Parser } from "htmlparser2";
import type { Block } from "../../document.js";

/** A bold paragraph no longer than this, that ends like no sentence, is a heading that its author made by hand. */
const longestHeading = 120;

type List = { ordered: boolean; items: string[] };

/** Turns the HTML that mammoth writes into blocks; `page` is null, for DOCX has no pages before it is laid out. */
export function blocksOf(html: string): Block[] {
  const blocks: Block[] = [];
  const builder = new BlockBuilder(blocks);
  const parser = new Parser({
    onopentag: (name, attributes) => builder.open(name, attributes),
    ontext: (text) => builder.text(text),
    onclosetag: (name) => builder.close(name),
  });
  parser.end(html);
  return blocks;
}

class BlockBuilder {
  private current = "";
  /** Characters of the paragraph that are bold. */
  private bold = 0;
  private strong = 0;
  private readonly lists: List[] = [];
  private rows: string[][] | null = null;
  private tables = 0;
  private note = false;
  private level = 1;

  constructor(private readonly blocks: Block[]) {}

  open(name: string, attributes: Record<string, string>): void {
    switch (name) {
      case "p":
      case "pre":
      case "h1":
      case "h2":
      case "h3":
      case "h4":
      case "h5":
      case "h6":
        if (!this.rows && this.lists.length > 0) this.current += this.current && !this.current.endsWith("\n") ? "\n" : "";
        else if (!this.rows) this.flush();
        break;
      case "strong":
        this.strong++;
        break;
      case "br":
        this.current += "\n";
        break;
      case "ul":
      case "ol":
        if (this.rows) break;
        if (this.lists.length > 0) this.item();
        else this.flush();
        this.lists.push({ ordered: name === "ol", items: [] });
        break;
      case "table":
        if (this.tables++ === 0) {
          this.flushLists();
          this.rows = [];
        }
        break;
      case "tr":
        if (this.tables === 1) this.rows?.push([]);
        break;
      case "td":
      case "th":
        if (this.tables === 1) this.current = "";
        break;
      case "a":
        // The marks of notes and the arrows back from them.
        if (/^(?:footnote|endnote)-ref|^#(?:footnote|endnote)-ref/.test(attributes["id"] ?? attributes["href"] ?? "")) this.note = true;
        if (/^#(?:footnote|endnote)-ref/.test(attributes["href"] ?? "")) this.note = true;
        break;
      default:
    }
  }

  text(text: string): void {
    if (this.note) return;
    this.current += text;
    if (this.strong > 0) this.bold += text.trim().length;
  }

  close(name: string): void {
    switch (name) {
      case "p":
        // In a cell an empty paragraph counts too: columns typed as lines keep step by them.
        if (this.rows) this.current += "\n";
        else if (this.lists.length === 0) this.flush();
        break;
      case "h1":
      case "h2":
      case "h3":
      case "h4":
      case "h5":
      case "h6":
        if (this.rows) this.current += "\n";
        else if (this.lists.length === 0) this.heading(Number(name[1]));
        break;
      case "pre":
        if (!this.rows && this.lists.length === 0) {
          this.blocks.push({ kind: "code", text: this.current, language: null, page: null });
          this.reset();
        }
        break;
      case "strong":
        this.strong--;
        break;
      case "a":
        this.note = false;
        break;
      case "li":
        if (!this.rows) this.item();
        break;
      case "ul":
      case "ol":
        if (!this.rows) this.endList();
        break;
      case "td":
      case "th":
        if (this.tables === 1) {
          this.rows?.at(-1)?.push(this.current.trimEnd());
          this.reset();
        } else this.current += " ";
        break;
      case "table":
        if (--this.tables === 0) this.endTable();
        break;
      default:
    }
  }

  private reset(): void {
    this.current = "";
    this.bold = 0;
  }

  private flush(): void {
    const text = this.current.trim();
    const bold = text.length > 0 && this.bold >= text.replace(/\s+/g, "").length * 0.9 && this.bold > 0;
    if (bold && text.length <= longestHeading && /\p{L}/u.test(text) && !/[.,;।]$/u.test(text)) {
      this.blocks.push({ kind: "heading", level: Math.min(6, this.level + 1), text, page: null });
    } else if (text) this.blocks.push({ kind: "paragraph", text, page: null });
    this.reset();
  }

  private heading(level: number): void {
    if (this.current.trim()) {
      this.blocks.push({ kind: "heading", level, text: this.current, page: null });
      this.level = level;
    }
    this.reset();
  }

  private item(): void {
    const text = this.current.trim();
    if (text) this.lists.at(-1)?.items.push(text);
    this.reset();
  }

  /** The items of an inner list follow those of the list that it stands in. */
  private endList(): void {
    this.item();
    const list = this.lists.pop();
    const outer = this.lists.at(-1);
    if (!list) return;
    if (outer) outer.items.push(...list.items);
    else if (list.items.length > 0) this.blocks.push({ kind: "list", ...list, page: null });
  }

  private flushLists(): void {
    while (this.lists.length > 0) this.endList();
    this.flush();
  }

  /** A table; one of a single cell is a frame around a paragraph. */
  private endTable(): void {
    const rows = (this.rows ?? []).filter((row) => row.some((cell) => cell.trim()));
    this.rows = null;
    this.reset();
    const [first] = rows;
    if (rows.length === 1 && first?.length === 1) {
      for (const text of (first[0] ?? "").split("\n")) this.blocks.push({ kind: "paragraph", text, page: null });
    } else if (rows.length > 0) this.blocks.push({ kind: "table", rows: rows.flatMap(linesAsRows), page: null });
  }
}

/** A row whose cells are columns typed as lines, as many in each: a row for each line. */
function linesAsRows(row: readonly string[]): string[][] {
  const cells = row.map((cell) => cell.split("\n").map((line) => line.trim()));
  const [first] = cells;
  if (!first || first.length < 2 || cells.length < 2 || cells.some((lines) => Math.abs(lines.length - first.length) > 1 || lines.length > first.length)) return [[...row]];
  return first.map((_, index) => cells.map((lines) => lines[index] ?? ""));
}
