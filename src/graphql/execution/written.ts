import { randomUUID } from "node:crypto";
import type { Viewer } from "../../auth/viewer.js";
import type { Written } from "../../loaders/source.js";

/** JSON of the database's own, as the value of a field. It is copied into the answer, never read. */
export class WrittenAnswer {
  constructor(readonly text: string) {}

  /** Holds the place while the answer around it is put into text. */
  toJSON(): string {
    places.push(this.text);
    return place;
  }
}

/** No text of the database and no name of the graph holds it, and no client can guess it. */
const place = `\0${randomUUID()}`;
const placeAsJson = JSON.stringify(place);
let places: string[] = [];

/** The JSON of an answer, with what the database has written put in place. */
export function jsonOf(answer: object): string {
  places = [];
  const text = JSON.stringify(answer);
  if (places.length === 0) return text;
  const [head = "", ...rest] = text.split(placeAsJson);
  return rest.reduce((whole, chunk, index) => whole + (places[index] ?? "null") + chunk, head);
}

const none = new WrittenAnswer("null");

/** What the database has written for a field of this row; undefined when it has not. */
export function answerFor({ property, texts, own }: Written, row: Record<string, unknown> | undefined, viewer: Viewer): WrittenAnswer | undefined {
  if (own !== undefined && row?.[own] !== viewer.id) return none;
  const text = texts.get(property === undefined ? "" : String(row?.[property]));
  return text === undefined ? undefined : new WrittenAnswer(text);
}
