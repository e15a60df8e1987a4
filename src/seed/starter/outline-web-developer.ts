import type { StarterOutline } from "./types.js";

export const webDeveloperOutline: StarterOutline = {
  courseId: "QG-04-IT-03650-2025-V2-NASSCOM",
  modules: [
    {
      week: 1,
      title: "Pages that make sense",
      description: "The structure of a page, the boxes it is made of, and a layout that fits every screen.",
      learningObjectives: [
        "Mark up a page so that people and machines understand it",
        "Style text and boxes with a small set of rules",
        "Make one layout serve a phone and a desktop",
      ],
      topics: [
        {
          title: "Structure with HTML",
          estimatedMinutes: 25,
          content: `A browser reads HTML from top to bottom and builds a tree. Choose each element for what the content **is**, not for how it looks: \`h1\` for the one main heading, \`nav\` for navigation, \`button\` for something that acts, \`a\` for something that leads elsewhere.

~~~html
<main>
  <h1>Repair café, Pune</h1>
  <p>Bring it broken, take it home working.</p>
  <a href="/dates">Next dates</a>
</main>
~~~

Why it matters: screen readers jump by headings, search engines weigh them, and the keyboard works without extra code on real buttons and links.

**Try it.** Take a page you like, switch off its styles in the browser's tools and read what remains. Is the order still right? Does every image that carries meaning have an \`alt\` text? Then write the outline of your own first page with headings only.`,
        },
        {
          title: "Boxes and style with CSS",
          estimatedMinutes: 30,
          content: `Every element is a box: content, then padding, then border, then margin. Set \`box-sizing: border-box\` once and widths will mean what you expect.

~~~css
* { box-sizing: border-box; }
body { font: 1rem/1.5 system-ui, sans-serif; color: #222; }
.card { padding: 1rem; border: 1px solid #ccc; border-radius: 8px; }
~~~

When two rules disagree, the browser looks at origin and layer first, then at how specific the selector is, and last at which came later. Most fights with CSS are fights about specificity, so style with single classes and keep ids for links and scripts.

Use \`rem\` for text, so that a reader who enlarges the font is respected, and check contrast: grey on white looks elegant to you and is unreadable in sunlight.

**Try it.** Style one card, then reuse its class three times without a new rule.`,
        },
        {
          title: "One layout, every screen",
          estimatedMinutes: 30,
          content: `Start with the narrow screen. A phone layout is a single column, which a browser gives you for free. Add columns only when there is room for them.

~~~css
.grid { display: grid; gap: 1rem; }
@media (min-width: 45rem) {
  .grid { grid-template-columns: 2fr 1fr; }
}
~~~

Three tools cover nearly everything: *flexbox* for a row or a column of things, *grid* for two dimensions, and media queries for the moment when the layout changes. Do not forget the viewport line in the head; without it a phone pretends to be 980 pixels wide.

Choose the breakpoint where **your content** starts to look poor, not at the width of a famous phone.

**Try it.** Open your page, drag the window slowly from wide to narrow, and note each width at which something breaks.`,
        },
      ],
    },
    {
      week: 2,
      title: "Pages that respond",
      description: "JavaScript from values to events, and how to find the mistake when it does not work.",
      learningObjectives: [
        "Write functions that turn input into output",
        "Change the page when the visitor acts",
        "Find a fault with the browser's tools",
      ],
      topics: [
        {
          title: "Values, decisions, functions",
          estimatedMinutes: 35,
          content: `JavaScript holds values in names. Prefer \`const\`; use \`let\` where the value really changes. Compare with \`===\`, which does not convert types behind your back.

~~~js
function fare(km, isNight) {
  const base = 30;
  const perKm = isNight ? 18 : 15;
  return base + km * perKm;
}
~~~

A good function does one thing, gets what it needs as arguments and returns a result. Then you can test it with three lines in the console, without opening the page at all.

Arrays have methods that replace most loops: \`map\` makes a new list, \`filter\` keeps some, \`reduce\` boils a list down to one value. Read them aloud: *"from all orders keep the paid ones, take their amounts, add them up."*

**Try it.** Write \`total(orders)\` for a list of orders with price and quantity, and test it with an empty list too.`,
        },
        {
          title: "Events and the page",
          estimatedMinutes: 35,
          content: `The page is a tree of objects. Your script finds an element, listens for an event and changes the tree.

~~~js
const form = document.querySelector("#signup");
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const email = new FormData(form).get("email");
  document.querySelector("#note").textContent = \`Thank you, \${email}\`;
});
~~~

Set text with \`textContent\`. If you build HTML from what a visitor typed, you let the visitor write your page; that is the commonest security hole there is.

When nothing happens, ask in this order: Is there a red line in the console? Did the selector find an element, or \`null\`? Does the listener run at all? Set a breakpoint and look, rather than guess.

**Try it.** Add a character counter to a text box that turns red at 140.`,
        },
      ],
    },
    {
      week: 3,
      title: "Talking to a server",
      description: "How browsers and servers speak, how to fetch data, and how to keep a small service of your own.",
      learningObjectives: [
        "Explain a request and its answer",
        "Load data and show every state of waiting",
        "Serve a small collection over HTTP",
      ],
      topics: [
        {
          title: "A request and its answer",
          estimatedMinutes: 25,
          content: `Each exchange on the web is one question and one answer. The question has a **method**, an **address**, headers and perhaps a body. The answer has a **status**, headers and a body.

- \`GET\` reads and changes nothing, so it may be repeated and cached.
- \`POST\` creates or acts.
- \`PUT\` and \`PATCH\` change, \`DELETE\` removes.

Statuses come in families: 2xx it worked, 3xx look elsewhere, 4xx *you* made a mistake, 5xx *the server* did. A form that is filled in wrongly deserves 400 or 422, never 500.

HTTP remembers nothing between requests. Whoever must be recognised sends a cookie or a token each time, and only over \`https\`.

**Try it.** Open the network tab, load a news site and find one request of each family. What did the slowest one fetch?`,
        },
        {
          title: "Fetching data well",
          estimatedMinutes: 30,
          content: `A request can be slow, fail, or succeed with nothing in it. A page that only handles success is half finished.

~~~js
async function loadCourses() {
  const res = await fetch("/api/courses");
  if (!res.ok) throw new Error(\`Server said \${res.status}\`);
  return res.json();
}
~~~

Note the check: \`fetch\` rejects only when the network fails, not when the server answers 404.

Show four states: *loading, empty, error, data*. For an error, say what happened and offer to try again. For loading, keep the space so that the page does not jump.

Ask for what you need and no more. Two hundred requests, one per row, feel fast on your desk and hopeless on a village connection.

**Try it.** Throttle the network to "slow 3G" in the browser's tools and use your own page.`,
        },
        {
          title: "A small service",
          estimatedMinutes: 40,
          content: `On the server the same language answers requests. Keep three jobs apart: understanding the request, deciding what is allowed, and storing the result.

~~~js
import { createServer } from "node:http";

const notes = [];
createServer((req, res) => {
  res.setHeader("content-type", "application/json");
  if (req.method === "GET" && req.url === "/notes") {
    return res.end(JSON.stringify(notes));
  }
  res.statusCode = 404;
  res.end(JSON.stringify({ error: "not found" }));
}).listen(3000);
~~~

Never trust what arrives: check type, length and range, even if your own form checked them already, because anybody can send a request without your form.

A list in memory is gone after a restart. That is fine for learning and the reason databases exist.

**Try it.** Add \`POST /notes\` with a limit of 500 characters and test it with a body that is too long.`,
        },
      ],
    },
    {
      week: 4,
      title: "Publish and keep it alive",
      description: "Version control, tests, publication and the habits that keep a site healthy.",
      learningObjectives: [
        "Record work in small, explained steps",
        "Test what would hurt most if it broke",
        "Publish a site and notice when it is down",
      ],
      topics: [
        {
          title: "Work in small steps with Git",
          estimatedMinutes: 30,
          content: `Git keeps the history of your project as a chain of commits. A good commit is one idea with a message that says **why**.

1. \`git switch -c opening-hours\` starts a branch.
2. Change, run, look.
3. \`git add -p\` picks what belongs together.
4. \`git commit -m "Show holiday hours, customers kept calling"\`.
5. Push, open a pull request, ask for a review.

A conflict is not an accident: two people changed the same lines and Git asks which one is meant. Read both sides, keep the sense of both, run the page again.

Never commit passwords. If one slips in, change the password; deleting the line does not remove it from history.

**Try it.** Make five commits today and read the log tomorrow. Would a stranger understand it?`,
        },
        {
          title: "Test, publish, watch",
          estimatedMinutes: 35,
          content: `You cannot test everything, so test what would hurt: payment, sign-in, the form that brings customers.

- **Unit test** for a function with rules in it, such as a price.
- **One journey** through the whole page, as a visitor would click it.
- **By hand** on a cheap phone, with the keyboard only, and with a bad connection.

To publish a static site, a host takes your repository and serves its files. For a service you also need a place for secrets (environment variables, never the code), a domain, and a certificate, which most hosts now supply.

After publication, let a free monitor call your page every five minutes, keep dependencies up to date, and take a backup that you have **restored** at least once.

**Try it.** Publish your project and send the address to three people. Watch one of them use it, in silence.`,
        },
      ],
    },
  ],
};
