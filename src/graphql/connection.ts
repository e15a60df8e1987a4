import { ArgsType, Field, Int, ObjectType, type ClassType } from "type-graphql";

export const defaultPageSize = 20;
export const maxPageSize = 100;

@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, description: "The first n items, 1 to 100; 20 when neither first nor last is given." })
  first?: number;

  @Field(() => String, { nullable: true, description: "Only items after this cursor." })
  after?: string;

  @Field(() => Int, { nullable: true, description: "The last n items, 1 to 100." })
  last?: number;

  @Field(() => String, { nullable: true, description: "Only items before this cursor." })
  before?: string;
}

/** Base of a list's arguments: `class CoursesArgs extends ListArgsOf(() => CourseWhere, () => CourseOrder, "newest first") {}`. */
export function ListArgsOf<Where extends object, Order extends object>(
  where: () => ClassType<Where>,
  order: () => ClassType<Order>,
  byDefault: string,
) {
  @ArgsType()
  abstract class ListArgs extends PageArgs {
    @Field(where, { nullable: true, description: "Only items for which this holds." })
    where?: Where;

    @Field(order, { nullable: true, description: `The order; ${byDefault} when absent.` })
    orderBy?: Order;
  }
  return ListArgs;
}

@ObjectType({ description: "Where a page stands in its list.", simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean, { description: "Are there items after this page?" })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: "Are there items before this page?" })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: "Cursor of the first item; null on an empty page." })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: "Cursor of the last item; null on an empty page." })
  endCursor!: string | null;
}

/** Base of a named edge: `class CourseEdge extends EdgeOf(() => Course) {}`. */
export function EdgeOf<Item extends object>(item: () => ClassType<Item>) {
  @ObjectType({ simpleResolvers: true })
  abstract class Edge {
    @Field(item, { description: "The item." })
    node!: Item;

    @Field(() => String, { description: "Position of the item, for `after` and `before`." })
    cursor!: string;
  }
  return Edge;
}

/** Base of a named connection: `class CourseConnection extends ConnectionOf(() => Course, () => CourseEdge) {}`. */
export function ConnectionOf<Item extends object, Edge extends object>(
  item: () => ClassType<Item>,
  edge: () => ClassType<Edge>,
) {
  @ObjectType({ simpleResolvers: true })
  abstract class Connection {
    @Field(() => [item()], { description: "The items of this page." })
    nodes!: Item[];

    @Field(() => [edge()], { description: "The items of this page with their cursors." })
    edges!: Edge[];

    @Field(() => PageInfo, { description: "Where this page stands in the list." })
    pageInfo!: PageInfo;

    @Field(() => Int, { nullable: true, description: "Size of the whole list; counted only when asked for." })
    totalCount!: number | null;
  }
  return Connection;
}
