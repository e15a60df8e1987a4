/** A reason to refuse a row, as a person who mends the file needs it. */
export class RefusedRow extends Error {
  constructor(readonly field: string, reason: string) {
    super(reason);
  }
}

/** The cells of one row by column, checked while they are read. */
export class Cells {
  readonly #values: ReadonlyMap<string, string>;

  /** @throws {RefusedRow} when a cell holds a character that PostgreSQL cannot store. */
  constructor(header: readonly string[], cells: readonly string[]) {
    this.#values = new Map(header.map((column, index) => [column, (cells[index] ?? "").trim()]));
    for (const [column, value] of this.#values) {
      if (value.includes("\0")) throw new RefusedRow(column, "holds a NUL character");
    }
  }

  /** The text, or null when the cell is blank. */
  text(column: string): string | null {
    return this.#values.get(column) || null;
  }

  /** @throws {RefusedRow} when the cell is blank. */
  required(column: string): string {
    const value = this.text(column);
    if (value === null) throw new RefusedRow(column, "is missing");
    return value;
  }

  /** A number of at least 0; null when the cell is blank. */
  number(column: string): number | null {
    const value = this.text(column);
    if (value === null) return null;
    if (!/^\d{1,9}(\.\d{1,4})?$/.test(value)) throw new RefusedRow(column, `is not a number of 0 or more: ${quoted(value)}`);
    return Number(value);
  }

  /** A whole number of at least `least`; null when the cell is blank. */
  whole(column: string, least: number): number | null {
    const value = this.number(column);
    if (value === null) return null;
    if (!Number.isInteger(value) || value < least) {
      throw new RefusedRow(column, `is not a whole number of ${least} or more: ${quoted(String(value))}`);
    }
    return value;
  }

  /** An NSQF level, 1 to 10 in halves, as the database writes it; null when the cell is blank. */
  level(column: string): string | null {
    const value = this.text(column);
    if (value === null) return null;
    const level = /^\d{1,2}(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
    if (!(level >= 1 && level <= 10 && Number.isInteger(level * 2))) {
      throw new RefusedRow(column, `is not an NSQF level from 1 to 10 in halves: ${quoted(value)}`);
    }
    return level.toFixed(1);
  }

  /** The parts between separators, without blanks and repetitions that differ by case only. */
  list(column: string, separator: RegExp): string[] {
    const parts = (this.text(column) ?? "").split(separator).map((part) => part.trim()).filter((part) => part !== "");
    return [...new Map(parts.toReversed().map((part) => [part.toLowerCase(), part])).values()].toReversed();
  }
}

/** Shortened, because the cell may be anything. */
const quoted = (value: string): string => JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
