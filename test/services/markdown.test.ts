import { Parser } from "htmlparser2";
import { describe, expect, test } from "vitest";
import { maxContent } from "../../src/documents/writer.js";
import { htmlOf } from "../../src/services/markdown.js";
import { withinEffort } from "../support/effort.js";

const tags = new Set(
  `h1 h2 h3 h4 h5 h6 p br hr blockquote ul ol li strong em b i del s sub sup kbd code pre a img table thead tbody tr th td`.split(" "),
);
const attributes: Record<string, readonly string[]> = {
  a: ["href", "title", "rel"], img: ["src", "alt", "title", "loading"], ol: ["start"], th: ["align"], td: ["align"], code: ["class"],
};
const schemes: Record<string, readonly string[]> = { href: ["http:", "https:", "mailto:"], src: ["https:"] };

/** Everything in the output that a page should not be given, found by reading it as a browser would. */
function harm(html: string): string[] {
  const found: string[] = [];
  const parser = new Parser({
    onopentag: (name, given) => {
      if (!tags.has(name)) found.push(`<${name}>`);
      for (const [attribute, value] of Object.entries(given)) {
        if (!attributes[name]?.includes(attribute)) found.push(`${name} ${attribute}`);
        const allowed = schemes[attribute];
        if (allowed && !allowed.includes(URL.parse(value)?.protocol ?? "")) found.push(`${attribute}=${value}`);
      }
      if (name === "a" && given["href"] !== undefined && given["rel"] !== "noopener noreferrer nofollow") found.push("a without rel");
    },
    oncomment: (text) => found.push(`<!--${text}-->`),
    onprocessinginstruction: (name) => found.push(`<${name}`),
  }, { decodeEntities: true });
  parser.end(html);
  return found;
}

const vectors = [
  // Scripts
  `<script>alert(1)</script>`, `<SCRIPT SRC=//x.example/x.js></SCRIPT>`, `<scr<script>ipt>alert(1)</script>`, `<script/x>alert(1)</script>`,
  `<script\n>alert(1)</script\n>`, `<<script>alert(1)//<</script>`, `<script>alert(1)`, `</script><script>alert(1)</script>`,
  // Handlers
  `<img src=x onerror=alert(1)>`, `<img src="https://x.example/a.png" onerror="alert(1)">`, `<img src=x:x onerror\n=\nalert(1)>`,
  `<body onload=alert(1)>`, `<p onmouseover=alert(1)>x</p>`, `<a href="https://x.example" onclick='alert(1)'>x</a>`, `<details open ontoggle=alert(1)>`,
  `<input autofocus onfocus=alert(1)>`, `<video><source onerror=alert(1)></video>`, `<audio src=x onerror=alert(1)>`, `<marquee onstart=alert(1)>x</marquee>`,
  `<img/src=x/onerror=alert(1)>`, `<img src=x oNeRrOr=alert(1)>`, `<p/onclick=alert(1)>x`, `<img """><script>alert(1)</script>">`, `<a href=x\x0bonclick=alert(1)>x</a>`,
  // Addresses
  `[x](javascript:alert(1))`, `[x](JaVaScRiPt:alert(1))`, `[x](java\tscript:alert(1))`, `[x](<java\nscript:alert(1)>)`, `[x](&#106;avascript:alert(1))`,
  `[x](javascript&colon;alert(1))`, `[x](&#x6A&#x61&#x76&#x61script:alert(1))`, `[x]( javascript:alert(1))`, `[x](\x01javascript:alert(1))`, `[x](vbscript:msgbox(1))`,
  `[x](data:text/html,<script>alert(1)</script>)`, `[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)`, `[x](blob:https://x.example/1)`, `[x](file:///etc/passwd)`,
  `<javascript:alert(1)>`, `<data:text/html,x>`, `[x][1]\n\n[1]: javascript:alert(1)`, `[x]: javascript:alert(1)\n\n[x]`, `![x](javascript:alert(1))`, `![x](data:image/svg+xml;base64,PHN2Zz4=)`,
  `![x](http://x.example/a.png)`, `![x](//x.example/a.png)`, `[x](//x.example)`, `[x](/settings)`, `[x](\\\\x.example)`, `<a href="javascript:alert(1)">x</a>`, `<a href=javascript:alert(1)>x</a>`,
  `<a href="&#9;javascript:alert(1)">x</a>`, `<a href="jav&#x0A;ascript:alert(1)">x</a>`, `<a href="java&NewLine;script&colon;alert(1)">x</a>`, `<a href='javascript://x.example/%0aalert(1)'>x</a>`,
  `<a xlink:href="javascript:alert(1)">x</a>`, `<a href="https://x.example" target="_blank" rel="opener">x</a>`, `<a href="https://x.example" ping="https://y.example">x</a>`,
  `<img src="https://x.example/a.png" srcset="javascript:alert(1) 1x, https://y.example/b.png 2x">`, `<img srcset="https://x.example/a.png">`, `<img src="data:image/png;base64,AAAA">`, `<img dynsrc="javascript:alert(1)">`, `<img lowsrc="javascript:alert(1)">`,
  `<table background="javascript:alert(1)"><tr><td background="javascript:alert(1)">x</td></tr></table>`, `<blockquote cite="javascript:alert(1)">x</blockquote>`,
  // Nested links and images
  `[![x](javascript:alert(1))](javascript:alert(2))`, `[![x](https://x.example/a.png)](javascript:alert(1))`, `[x [y](javascript:alert(1))](https://x.example)`, `![[x](javascript:alert(1))](https://x.example/a.png)`,
  `![x](https://x.example/a.png"onerror="alert(1))`, `![x" onerror="alert(1)](https://x.example/a.png)`, `[x](https://x.example "a" onclick="alert(1))`, `[x](https://x.example 't" onmouseover="alert(1)')`,
  `![x](https://x.example/a.png 't" onerror="alert(1)')`, `<https://x.example/"onclick="alert(1)>`, `[x](https://x.example/<script>alert(1)</script>)`, "`<script>alert(1)</script>`", "```\"><script>alert(1)</script>\nx\n```", "```js\" onclick=\"alert(1)\nx\n```",
  // Embedding, forms, the head of the page
  `<iframe src="https://x.example"></iframe>`, `<iframe srcdoc="<script>alert(1)</script>">`, `<object data="javascript:alert(1)"></object>`, `<embed src="javascript:alert(1)">`, `<applet code=x></applet>`,
  `<form action="https://x.example"><input name=password><button formaction="javascript:alert(1)">x</button></form>`, `<isindex action=javascript:alert(1)>`, `<textarea></textarea><script>alert(1)</script>`, `<select><option><script>alert(1)</script></select>`,
  `<meta http-equiv=refresh content="0;url=javascript:alert(1)">`, `<base href="https://x.example/">`, `<link rel=stylesheet href="https://x.example/x.css">`, `<title><script>alert(1)</script></title>`, `<frameset onload=alert(1)>`,
  // Styles
  `<style>@import "https://x.example/x.css";</style>`, `<p style="background:url(javascript:alert(1))">x</p>`, `<div style="position:fixed;inset:0">x</div>`, `<p class="fixed" id="top">x</p>`, `<code class="language-js overlay">x</code>`, `<style><img src="</style><img src=x onerror=alert(1)>">`,
  // SVG and MathML
  `<svg onload=alert(1)>`, `<svg><script>alert(1)</script></svg>`, `<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>`, `<svg><animate onbegin=alert(1) attributeName=x>`, `<svg><use href="data:image/svg+xml,x#x"/></svg>`,
  `<svg><foreignObject><iframe src="javascript:alert(1)"></foreignObject></svg>`, `<math><maction actiontype="statusline#" xlink:href="javascript:alert(1)">x</maction></math>`, `<math href="javascript:alert(1)">x</math>`,
  // What turns into something else when it is read twice
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">`, `<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">`, `<noscript><p title="</noscript><img src=x onerror=alert(1)>">`,
  `<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>`, `<svg><title><style><img title="</style></title></svg><img src=x onerror=alert(1)>">`, `<xmp><p title="</xmp><img src=x onerror=alert(1)>">`, `<noembed><img title="</noembed><img src=x onerror=alert(1)>"></noembed>`,
  `<template><img src=x onerror=alert(1)></template>`, `<plaintext><img src=x onerror=alert(1)>`, `<listing>&lt;img src=x onerror=alert(1)&gt;</listing>`, `<textarea><p title="</textarea><img src=x onerror=alert(1)>"></textarea>`, `<iframe><p title="</iframe><img src=x onerror=alert(1)>">`,
  `&lt;script&gt;alert(1)&lt;/script&gt;`, `&amp;lt;script&amp;gt;alert(1)`, `<p title="&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;">x</p>`, `\\<script>alert(1)\\</script>`,
  // Comments and declarations
  `<!-- <script>alert(1)</script> -->`, `<!--><script>alert(1)</script>-->`, `<!--[if IE]><script>alert(1)</script><![endif]-->`, `<!-- --!><img src=x onerror=alert(1)> -->`, `<![CDATA[<script>alert(1)</script>]]>`, `<?xml-stylesheet href="javascript:alert(1)"?>`, `<!DOCTYPE x [<!ENTITY y "<script>">]>`, `<!ELEMENT x><script>alert(1)</script>`,
  // Broken and odd
  `<p`, `<a href="https://x.example`, `<img src="https://x.example/a.png" title="`, `<a href=https://x.example title=">"><img src=x onerror=alert(1)>">x</a>`, `<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>`, `\u0000<script>alert(1)</script>`, `<scr\u0000ipt>alert(1)</scr\u0000ipt>`, `<\u0130mg src=x onerror=alert(1)>`, `\uFEFF<script>alert(1)</script>`, `<custom-element onclick=alert(1)>x</custom-element>`,
];

describe("no script survives", () => {
  test("the test itself sees what is harmful", () => {
    const seen = vectors.filter((vector) => harm(vector).length > 0).length;
    expect(seen).toBeGreaterThan(80);
    expect(harm(`<a href="https://x.example">x</a>`)).toEqual(["a without rel"]);
  });

  test.each(vectors)("%j", (vector) => {
    const html = htmlOf(vector);
    expect(harm(html)).toEqual([]);
    // Read and written once more it stays as it is, and so inside other elements.
    for (const around of [`> ${vector}`, `- ${vector}`, `| a |\n|---|\n| ${vector} |`, `**${vector}**`, `[${vector}](https://x.example)`, `<p>${vector}</p>`, `<b title="${vector}">x</b>`]) {
      expect(harm(htmlOf(around))).toEqual([]);
    }
    expect(harm(htmlOf(html))).toEqual([]);
  });
});

describe("what pages are made of stays", () => {
  test.each([
    ["# One\n\n###### Six", "<h1>One</h1>\n<h6>Six</h6>\n"],
    ["A *soft* and **hard** ~~old~~ `word`", "<p>A <em>soft</em> and <strong>hard</strong> <del>old</del> <code>word</code></p>\n"],
    ["3. c\n4. d", `<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>\n`],
    ["- [x] done\n- [ ] open", "<ul>\n<li>☑ done</li>\n<li>☐ open</li>\n</ul>\n"],
    ["> said", "<blockquote>\n<p>said</p>\n</blockquote>\n"],
    ["```js\na < b && c\n```", `<pre><code class="language-js">a &lt; b &amp;&amp; c\n</code></pre>\n`],
    ["![A panel](https://x.example/a.png 'On the roof')", `<p><img src="https://x.example/a.png" alt="A panel" title="On the roof" loading="lazy" /></p>\n`],
    ["[x](https://x.example/?a=1&b=2)", `<p><a href="https://x.example/?a=1&amp;b=2" rel="noopener noreferrer nofollow">x</a></p>\n`],
    ["https://x.example and a@x.example", `<p><a href="https://x.example/" rel="noopener noreferrer nofollow">https://x.example</a> and <a href="mailto:a@x.example" rel="noopener noreferrer nofollow">a@x.example</a></p>\n`],
    ["H<sub>2</sub>O, press <kbd>F1</kbd>", "<p>H<sub>2</sub>O, press <kbd>F1</kbd></p>\n"],
    ["सौर ऊर्जा", "<p>सौर ऊर्जा</p>\n"],
    ["", ""],
  ])("%j", (text, html) => {
    expect(htmlOf(text)).toBe(html);
    expect(harm(html)).toEqual([]);
  });

  test("tables keep their alignment", () => {
    const html = htmlOf("| a | b |\n|:--|--:|\n| 1 | 2 |");
    expect(html).toContain(`<td align="left">1</td>\n<td align="right">2</td>`);
  });

  test("the text of what is left out remains, that of scripts and styles does not", () => {
    expect(htmlOf("<section>Read</section>")).toBe("Read");
    expect(htmlOf("a <script>b</script> c <style>d</style>")).toBe("<p>a  c </p>\n");
  });
});

describe("a hostile page does not hold the server up", () => {
  const full = (part: string) => part.repeat(Math.ceil(maxContent / part.length)).slice(0, maxContent);
  const hostile: [string, string][] = [
    "a**b", "*a **a ", "[", "[a](", "`a``b", "<", "<a ", "> ", "> - ", "* * * a\n", "<blockquote>", "a@", "![", "![a](", "`", "- ", "- *a_\n  - ", "> - *a_ ",
  ].map((part) => [part, full(part)]);
  for (const part of ["a**b", "*a_", "_a*", "**a__", "***a__", "*a_~~b`", "![a_", "[a_", "`a``*", "*a_[b](c)", "a@b.c "]) {
    hostile.push([`${part} in long paragraphs`, full(`${part.repeat(Math.floor(7_800 / part.length))}\n\n`)]);
  }
  for (const part of ["***a__", "- *a_\n  - ", "> *a_ ", "- > *a_ "]) hostile.push([`${part} in short paragraphs`, full(`${part.repeat(100)}\n\n`)]);

  test.each(hostile)("of %j", async (_, text) => {
    // Up to 75 were measured; without bounds some take 500, or end in an overflow.
    expect((await withinEffort(150, () => htmlOf(text))).length).toBeGreaterThan(0);
  });

  test("longer text is shown as it was typed", () => {
    expect(htmlOf(`${full("a")}<b>`)).toBe(`<pre>${full("a")}&lt;b&gt;</pre>`);
    expect(harm(htmlOf(`<script>alert(1)</script>${full("a")}`))).toEqual([]);
  });

  test("a page with much emphasis keeps it", () => {
    const page = `${"A *soft* and **hard** word with [a link](https://x.example) and `code`. ".repeat(20)}\n\n`.repeat(120);
    expect(page.length).toBeGreaterThan(150_000);
    expect(htmlOf(page).match(/<em>soft<\/em>/g)).toHaveLength(2_400);
  });

  test("a long paragraph and deep quotations keep their text", () => {
    const long = `${"word ".repeat(2_000)}*end* <b>`;
    expect(htmlOf(long)).toBe(`<p>${long.replace("<b>", "&lt;b&gt;")}</p>\n`);
    expect(htmlOf(`${"> ".repeat(40)}deep`)).toContain("deep");
  });
});
