import { Field, InputType, registerEnumType } from "type-graphql";

export const SortDirection = { ASC: "ASC", DESC: "DESC" } as const;
export type SortDirection = keyof typeof SortDirection;

registerEnumType(SortDirection, {
  name: "SortDirection",
  description: "Which way a list runs.",
  valuesConfig: {
    ASC: { description: "From small to great, from old to new, from A to Z." },
    DESC: { description: "From great to small, from new to old, from Z to A." },
  },
});

/** The enum of a list's orders; each member is backed by an index. */
export function orderFieldsOf<const Fields extends Record<string, string>>(name: string, descriptions: Fields) {
  const members = Object.fromEntries(Object.keys(descriptions).map((field) => [field, field])) as {
    readonly [Field in keyof Fields]: Field;
  };
  registerEnumType(members, {
    name,
    description: "What the list can be ordered by.",
    valuesConfig: Object.fromEntries(
      Object.entries(descriptions).map(([field, description]) => [field, { description }]),
    ) as never,
  });
  return members;
}

/** Base of a named order: `class CourseOrder extends OrderOf<keyof typeof CourseOrderField>(() => CourseOrderField) {}`. */
export function OrderOf<Name extends string>(fields: () => object) {
  @InputType()
  abstract class Order {
    @Field(fields, { description: "What to order by." })
    field!: Name;

    @Field(() => SortDirection, { description: "Which way." })
    direction!: SortDirection;
  }
  return Order;
}
