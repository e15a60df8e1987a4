import { and, type SQL } from "drizzle-orm";
import { behind, decodeCursor, encodeCursor, reversed, type Order } from "../db/ordering.js";
import { defaultPageSize, maxPageSize, type PageArgs, type PageInfo } from "./connection.js";
import { BadInput } from "./errors.js";

/** What a page asks of the database; `limit` is more than the page, to see whether others follow. */
export interface PageRequest {
  order: Order;
  after: SQL | undefined;
  limit: number;
  /** How many the page shows. */
  size: number;
  /** Read from the end, so that its rows are turned round. */
  isBackward: boolean;
  /** The client's cursors, which lie outside the page. */
  behind: { after: boolean; before: boolean };
}

/**
 * Sizes that pages are read in. The limit is part of a statement's text, because PostgreSQL takes a bound one for a
 * tenth of all rows and then walks the index of the order where the condition leaves few; so limits must be few too.
 */
const readSizes = [1, 2, 5, 10, 20, 50, maxPageSize];

/** The rows of a page, and how many the whole list has. */
export interface Counted<Item> {
  rows: Item[];
  size: number;
}

/** What pages are filled from. */
export interface PageSource<Item> {
  rows(request: PageRequest): Promise<Item[]>;
  count(): Promise<number>;
  /** Both by one statement; undefined where each by its own is better. */
  counted?(request: PageRequest): Promise<Counted<Item> | undefined>;
}

/** What the list asks of the database for these arguments; the same as the page itself asks. */
export const requestOf = (order: Order, args: PageArgs): PageRequest =>
  new Page(order, args, { rows: async () => [], count: async () => 0 }).request;

type Row = Record<string, unknown>;

/**
 * One page of a list, fetched when first needed: a query for `totalCount` alone reads no rows,
 * and one without it never counts. GraphQL's default resolver calls the methods as fields.
 */
export class Page<Item extends object> {
  readonly request: PageRequest;
  readonly #size: number;
  readonly #backward: boolean;
  readonly #order: Order;
  #rows: Promise<Item[]> | undefined;
  #count: Promise<number> | undefined;
  #counted: Promise<Counted<Item> | undefined> | undefined;

  /** @throws {BadInput} for page sizes outside 1 to 100, both ends at once, or a foreign cursor. */
  constructor(
    order: Order,
    private readonly args: PageArgs,
    private readonly source: PageSource<Item>,
  ) {
    const { first, last } = args;
    if (first != null && last != null) throw new BadInput("last", "Give first or last, not both.");
    this.#backward = last != null;
    this.#size = last ?? first ?? defaultPageSize;
    const field = this.#backward ? "last" : "first";
    if (this.#size < 1 || this.#size > maxPageSize) throw new BadInput(field, `${field} must lie between 1 and ${maxPageSize}.`);
    this.#order = order;
    this.request = this.#requested();
  }

  async nodes(): Promise<Item[]> {
    const rows = await this.#fetch();
    const page = rows.slice(0, this.#size);
    return this.#backward ? page.reverse() : page;
  }

  async edges(): Promise<{ node: Item; cursor: string }[]> {
    return (await this.nodes()).map((node) => ({ node, cursor: encodeCursor(this.#order, node as Row) }));
  }

  async pageInfo(): Promise<PageInfo> {
    const { after, before } = this.args;
    const more = (await this.#fetch()).length > this.#size;
    const nodes = await this.nodes();
    const [first, last] = [nodes[0], nodes.at(-1)];
    return {
      // The item of a cursor lies outside the page, on the cursor's side.
      hasNextPage: before != null || (!this.#backward && more),
      hasPreviousPage: after != null || (this.#backward && more),
      startCursor: first ? encodeCursor(this.#order, first as Row) : null,
      endCursor: last ? encodeCursor(this.#order, last as Row) : null,
    };
  }

  totalCount(): Promise<number> {
    return (this.#count ??= this.#together().then((both) => both?.size ?? this.source.count()));
  }

  #fetch(): Promise<Item[]> {
    return (this.#rows ??= this.#together().then((both) => both?.rows ?? this.source.rows(this.request)));
  }

  /** A selection asks for all of its fields in one turn; at the end of it is known whether it wants rows, count or both. */
  #together(): Promise<Counted<Item> | undefined> {
    return (this.#counted ??= Promise.resolve().then(() => (this.#rows && this.#count ? this.source.counted?.(this.request) : undefined)));
  }

  #requested(): PageRequest {
    const { after, before } = this.args;
    const opposite = this.#backward || before != null ? reversed(this.#order) : this.#order;
    return {
      order: this.#backward ? opposite : this.#order,
      after: and(
        after == null ? undefined : behind(this.#order, decodeCursor(this.#order, after, "after")),
        before == null ? undefined : behind(opposite, decodeCursor(this.#order, before, "before")),
      ),
      limit: 1 + (readSizes.find((size) => size >= this.#size) ?? maxPageSize),
      size: this.#size,
      isBackward: this.#backward,
      behind: { after: after != null, before: before != null },
    };
  }
}
