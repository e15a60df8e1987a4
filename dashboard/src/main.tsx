import { render } from "preact";
import { App } from "./app.js";
import { Session } from "./graph/session.js";
import "./styles/base.css";
import "./styles/parts.css";
import "./styles/screens.css";

const place = document.getElementById("page");
if (!place) throw new Error("The page has no place to be shown in");
const session = new Session();
await session.restore();
render(<App session={session} />, place);
