import { Parser } from "htmlparser2";

/** Elements whose end is the end of a paragraph. */
const blocks = new Set(["p", "div", "summary", "details", "li", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "blockquote"]);
const silent = new Set(["script", "style", "template", "svg"]);

/** The text of HTML, entities resolved; paragraphs are set apart by empty lines. */
export function htmlText(html: string): string {
  if (!/[<&]/.test(html)) return html;
  let text = "";
  let quiet = 0;
  const parser = new Parser({
    onopentagname: (name) => {
      if (silent.has(name)) quiet++;
      else if (name === "br") text += "\n";
    },
    ontext: (data) => {
      if (quiet === 0) text += data;
    },
    onclosetag: (name) => {
      if (silent.has(name)) quiet--;
      else if (blocks.has(name)) text += "\n\n";
    },
  });
  parser.end(html);
  return text;
}
