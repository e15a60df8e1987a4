import { Field, Float, ID, InputType, Int } from "type-graphql";
import { DateTime, LocalDate } from "./scalars.js";

export interface Range<Value> {
  gte?: Value | null;
  lte?: Value | null;
}

/** Operators on one value; all that are given must hold. */
export interface Operators<Value> {
  eq?: Value | null;
  oneOf?: Value[] | null;
  range?: Range<Value> | null;
}

@InputType({ description: "A range of numbers; both ends are included and optional." })
export class FloatRange implements Range<number> {
  @Field(() => Float, { nullable: true, description: "At least this." })
  gte?: number;
  @Field(() => Float, { nullable: true, description: "At most this." })
  lte?: number;
}

@InputType({ description: "A range of whole numbers; both ends are included and optional." })
export class IntRange implements Range<number> {
  @Field(() => Int, { nullable: true, description: "At least this." })
  gte?: number;
  @Field(() => Int, { nullable: true, description: "At most this." })
  lte?: number;
}

@InputType({ description: "A range of instants; both ends are included and optional." })
export class DateTimeRange implements Range<string> {
  @Field(() => DateTime, { nullable: true, description: "At or after this instant." })
  gte?: string;
  @Field(() => DateTime, { nullable: true, description: "At or before this instant." })
  lte?: string;
}

@InputType({ description: "A range of days; both ends are included and optional." })
export class LocalDateRange implements Range<string> {
  @Field(() => LocalDate, { nullable: true, description: "On or after this day." })
  gte?: string;
  @Field(() => LocalDate, { nullable: true, description: "On or before this day." })
  lte?: string;
}

@InputType({ description: "Conditions on a number; all that are given must hold." })
export class FloatFilter implements Operators<number> {
  @Field(() => Float, { nullable: true, description: "Equal to this." })
  eq?: number;
  @Field(() => [Float], { nullable: true, description: "One of these, at most 100." })
  oneOf?: number[];
  @Field(() => FloatRange, { nullable: true, description: "Within this range." })
  range?: FloatRange;
}

@InputType({ description: "Conditions on a whole number; all that are given must hold." })
export class IntFilter implements Operators<number> {
  @Field(() => Int, { nullable: true, description: "Equal to this." })
  eq?: number;
  @Field(() => [Int], { nullable: true, description: "One of these, at most 100." })
  oneOf?: number[];
  @Field(() => IntRange, { nullable: true, description: "Within this range." })
  range?: IntRange;
}

@InputType({ description: "Conditions on an instant; all that are given must hold." })
export class DateTimeFilter implements Operators<string> {
  @Field(() => DateTimeRange, { nullable: true, description: "Within this range." })
  range?: DateTimeRange;
}

@InputType({ description: "Conditions on a day; all that are given must hold." })
export class LocalDateFilter implements Operators<string> {
  @Field(() => LocalDate, { nullable: true, description: "This day." })
  eq?: string;
  @Field(() => LocalDateRange, { nullable: true, description: "Within this range." })
  range?: LocalDateRange;
}

@InputType({ description: "Conditions on a text; all that are given must hold." })
export class StringFilter implements Operators<string> {
  @Field(() => String, { nullable: true, description: "Equal to this." })
  eq?: string;
  @Field(() => [String], { nullable: true, description: "One of these, at most 100." })
  oneOf?: string[];
}

@InputType({ description: "Conditions on a yes-or-no value." })
export class BooleanFilter implements Operators<boolean> {
  @Field(() => Boolean, { nullable: true, description: "Equal to this." })
  eq?: boolean;
}

@InputType({ description: "Conditions on a related item; all that are given must hold." })
export class IDFilter implements Operators<string> {
  @Field(() => ID, { nullable: true, description: "The item with this global id." })
  eq?: string;
  @Field(() => [ID], { nullable: true, description: "One of the items with these global ids, at most 100." })
  oneOf?: string[];
}

/** Base of a named enum filter: `class CourseStatusFilter extends EnumFilterOf<…>(() => CourseStatus) {}`. */
export function EnumFilterOf<Value extends string>(members: () => object) {
  @InputType()
  abstract class EnumFilter implements Operators<Value> {
    @Field(members, { nullable: true, description: "Equal to this." })
    eq?: Value;
    @Field(() => [members()], { nullable: true, description: "One of these, at most 100." })
    oneOf?: Value[];
  }
  return EnumFilter;
}

/** Conditions that combine others of their own type. */
export interface Combined<Where> {
  AND?: Where[] | null;
  OR?: Where[] | null;
  NOT?: Where | null;
}

/** Gives a `where` input its AND, OR and NOT, to depth 3. Stands below `@InputType`. */
export const Combinable = (): ClassDecorator => (where) => {
  const fields = where.prototype as object;
  Field(() => [where], { nullable: true, description: "All of these hold; nesting to depth 3." })(fields, "AND");
  Field(() => [where], { nullable: true, description: "At least one of these holds; nesting to depth 3." })(fields, "OR");
  Field(() => where, { nullable: true, description: "This does not hold; nesting to depth 3." })(fields, "NOT");
};
