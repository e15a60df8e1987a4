import type { getDocument } from "unpdf/pdfjs";
import { DocumentFailure } from "../../document.js";
import { faceOf, type Face } from "./fonts.js";

export type PdfDocument = Awaited<ReturnType<typeof getDocument>["promise"]>;
export type PdfPage = Awaited<ReturnType<PdfDocument["getPage"]>>;

/** A run of text on one baseline; lengths in points, `y` counts from the top of the page as people see it. */
export interface Run {
  text: string;
  x: number;
  right: number;
  y: number;
  size: number;
  face: Face;
}

export interface PageText {
  number: number;
  width: number;
  height: number;
  runs: Run[];
}

/** Text at most so many points wide of a blank is part of a word; wider, between words. In sizes of its letters. */
const wordGap = 0.2;
/** A gap wider than this parts cells or columns. In sizes of its letters. */
const columnGap = 1.6;
/** Pieces of text on one page: 50 times a dense page of print. */
const mostPieces = 200_000;

/**
 * Reads one page; `faces` keeps what is known of fonts by their key, which is the document's.
 * @throws {DocumentFailure} TOO_LARGE when the page holds more text than any page of print.
 */
export async function readPage(page: PdfPage, faces: Map<string, Face>): Promise<PageText> {
  const content = await page.getTextContent();
  const viewport = page.getViewport({ scale: 1 });
  await learnFaces(page, Object.keys(content.styles), faces);
  const pieces: Piece[] = [];
  if (content.items.length > mostPieces) throw new DocumentFailure("TOO_LARGE");
  for (const item of content.items) {
    if (!("str" in item)) continue;
    pieces.push(pieceOf(item as Item, viewport.transform as number[], faces));
  }
  const turned = commonTurn(pieces);
  return {
    number: page.pageNumber,
    width: viewport.width,
    height: viewport.height,
    runs: runsOf(pieces.filter((piece) => piece.turn === turned).map((piece) => turnBack(piece, viewport.width, viewport.height))),
  };
}

interface Item {
  str: string;
  transform: number[];
  width: number;
  fontName: string;
  hasEOL: boolean;
}

interface Piece extends Run {
  /** Direction of the text in degrees, a quarter's multiple; anything else is decoration and NaN. */
  turn: number;
}

function pieceOf(item: Item, view: readonly number[], faces: ReadonlyMap<string, Face>): Piece {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = item.transform;
  const [va = 1, vb = 0, vc = 0, vd = -1, ve = 0, vf = 0] = view;
  const [dx, dy] = [va * a + vc * b, vb * a + vd * b];
  const degrees = (Math.atan2(dy, dx) * 180) / Math.PI;
  const turn = Math.round(degrees / 90) * 90;
  const x = va * e + vc * f + ve;
  const y = vb * e + vd * f + vf;
  const size = Math.hypot(c, d) || Math.hypot(a, b) || 1;
  const face = faces.get(item.fontName) ?? faceOf(undefined);
  return {
    text: face.symbols && item.str.trim().length === 1 ? "•" : item.str,
    x,
    y,
    right: x + item.width,
    size,
    face,
    turn: Math.abs(degrees - turn) > 3 ? Number.NaN : (turn + 360) % 360,
  };
}

/** The direction that most letters of the page run in: landscape tables are often typeset turned. */
function commonTurn(pieces: readonly Piece[]): number {
  const letters = new Map<number, number>();
  for (const { turn, text } of pieces) if (!Number.isNaN(turn)) letters.set(turn, (letters.get(turn) ?? 0) + text.length);
  return [...letters].toSorted((one, other) => other[1] - one[1])[0]?.[0] ?? 0;
}

function turnBack(piece: Piece, width: number, height: number): Run {
  const { text, size, face, turn } = piece;
  const length = piece.right - piece.x;
  const at = { 90: [piece.y, width - piece.x], 180: [width - piece.x, height - piece.y], 270: [height - piece.y, piece.x] }[turn] ?? [piece.x, piece.y];
  const [x = 0, y = 0] = at;
  return { text, x, y, right: x + length, size, face };
}

/** Joins pieces that stand side by side into runs: words and lines, up to where a gap parts columns or cells. */
function runsOf(pieces: readonly Run[]): Run[] {
  const runs: Run[] = [];
  let run: Run | null = null;
  let blank = false;
  for (const piece of pieces) {
    if (!/\S/.test(piece.text)) {
      if (piece.text) blank = true;
      continue;
    }
    const size = run ? Math.max(run.size, piece.size) : 0;
    const gap = run ? piece.x - run.right : 0;
    const beside = run && Math.abs(piece.y - run.y) < size * 0.5 && gap > -size && gap < size * columnGap && !dropsCap(run, piece);
    if (run && beside) {
      const parted = (blank || gap > size * wordGap) && !run.text.endsWith(" ") && !piece.text.startsWith(" ");
      run.text += (parted ? " " : "") + piece.text;
      run.right = Math.max(run.right, piece.right);
      // The look of the longer part is the look of the whole; a small raised number does not count.
      if (piece.text.length > run.text.length / 2) Object.assign(run, { size: piece.size, face: piece.face, y: piece.y });
      else if (piece.size > run.size * 1.15 && piece.text.length > 1) run.size = piece.size;
    } else {
      run = { ...piece };
      runs.push(run);
    }
    blank = false;
  }
  return runs;
}

/** A single big letter and smaller text beside it: the letter is the text's own first, put before it later. */
const dropsCap = (one: Run, next: Run): boolean => one.text.trim().length === 1 && one.size > next.size * 2;

/** Asks for the names of fonts not met before; only a page's operators tell them, so pages without new ones are spared that. */
async function learnFaces(page: PdfPage, keys: readonly string[], faces: Map<string, Face>): Promise<void> {
  const unknown = keys.filter((key) => !faces.has(key));
  if (unknown.length === 0) return;
  await page.getOperatorList();
  for (const key of unknown) {
    const font: unknown = page.commonObjs.has(key) ? page.commonObjs.get(key) : null;
    faces.set(key, faceOf((font as { name?: string } | null)?.name));
  }
}
