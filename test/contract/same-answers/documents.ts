import {
  getNamedType, getNullableType, isAbstractType, isCompositeType, isEnumType, isInputObjectType, isInterfaceType, isListType, isNonNullType,
  isObjectType, isRequiredArgument, isRequiredInputField, type GraphQLArgument, type GraphQLField, type GraphQLInputType, type GraphQLNamedType, type GraphQLSchema,
} from "graphql";

/** A whole number from 0 up to, not including, `below`. */
export type Draw = (below: number) => number;

/** The same draws for the same seed. */
export function drawFrom(seed: number): Draw {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let hash = Math.imul(state ^ (state >>> 15), state | 1);
    hash ^= hash + Math.imul(hash ^ (hash >>> 7), hash | 61);
    return ((hash ^ (hash >>> 14)) >>> 0) % below;
  };
}

export interface Drawn {
  text: string;
  variables: Record<string, unknown>;
}

export interface Options {
  kind: "query" | "mutation" | "subscription";
  depth: number;
  /** Root fields to choose from; all by default. */
  roots?: readonly string[];
  /** Values to try for a scalar, besides the usual ones. */
  values: Readonly<Record<string, readonly unknown[]>>;
}

const usual: Readonly<Record<string, readonly unknown[]>> = {
  Int: [1, 2, 3, 3, 0, -1, 101],
  Float: [0.5, 2],
  Boolean: [true, false],
  String: ["a", "", "course"],
};
const misfits: readonly unknown[] = [null, "misfit", 1.5, { no: 1 }, [[]], true];

/** A random document for the schema: nearly always valid, with variables that mostly fit. */
export function drawDocument(schema: GraphQLSchema, draw: Draw, { kind, depth, roots, values }: Options): Drawn {
  const variables: Record<string, unknown> = {};
  const definitions: string[] = [];
  const fragments: string[] = [];
  const often = (percent: number): boolean => draw(100) < percent;
  const oneOf = <Item>(items: readonly Item[]): Item => items[draw(items.length)] as Item;
  let names = 0;

  function valueFor(type: GraphQLInputType, deep: number): unknown {
    if (isNonNullType(type)) return valueFor(type.ofType, deep);
    if (isListType(type)) return Array.from({ length: draw(3) }, () => valueFor(type.ofType, deep));
    if (isEnumType(type)) return oneOf(type.getValues()).name;
    if (!isInputObjectType(type)) return oneOf(values[type.name] ?? usual[type.name] ?? ["a", "2026-01-02", 1]);
    const fields = Object.values(type.getFields()).filter((field) => isRequiredInputField(field) || (deep > 0 && often(30)));
    return Object.fromEntries(fields.map((field) => [field.name, valueFor(field.type, deep - 1)]));
  }

  function literal(value: unknown, type: GraphQLInputType): string {
    const bare = getNullableType(type);
    if (Array.isArray(value) && isListType(bare)) return `[${value.map((item) => literal(item, bare.ofType)).join(", ")}]`;
    if (isEnumType(bare)) return String(value);
    if (!isInputObjectType(bare) || typeof value !== "object" || value === null) return JSON.stringify(value);
    return `{${Object.entries(value).map(([name, each]) => `${name}: ${literal(each, (bare.getFields()[name] as { type: GraphQLInputType }).type)}`).join(", ")}}`;
  }

  /** A variable of the type, which may be left out, null or wrong. */
  function variable(type: GraphQLInputType, mayMisfit = true): string {
    const name = `v${names++}`;
    const value = valueFor(type, 2);
    const byDefault = often(20) ? ` = ${literal(valueFor(type, 1), type)}` : "";
    definitions.push(`$${name}: ${String(type)}${byDefault}`);
    if (mayMisfit && often(3)) variables[name] = oneOf(misfits);
    else if (isNonNullType(type) ? !byDefault || often(50) : often(80)) variables[name] = value;
    return `$${name}`;
  }

  function argument({ name, type }: GraphQLArgument): string {
    // A cursor that was made up is always refused, and with it all that stands below.
    if ((name === "after" || name === "before") && often(80)) return `${name}: null`;
    if (often(40)) return `${name}: ${variable(type)}`;
    if (!isNonNullType(type) && often(5)) return `${name}: null`;
    return `${name}: ${literal(valueFor(type, 2), type)}`;
  }

  function directives(): string {
    // graphql-js cannot validate a variable that switches the one field of a subscription.
    if (kind === "subscription" || often(85)) return "";
    const given = often(50) ? oneOf(["true", "false"]) : variable(schema.getDirective("skip")?.args[0]?.type as GraphQLInputType);
    return ` @${oneOf(["skip", "include"])}(if: ${given})`;
  }

  function field(definition: GraphQLField<unknown, unknown>, deep: number): string {
    const args = definition.args.filter((each) => isRequiredArgument(each) || often(30)).map(argument);
    const alias = args.length > 0 || often(15) ? `f${names++}: ` : "";
    const given = args.length > 0 ? `(${args.join(", ")})` : "";
    const type = getNamedType(definition.type);
    return `${alias}${definition.name}${given}${directives()}${isCompositeType(type) ? ` ${selection(type, deep - 1)}` : ""}`;
  }

  /** Types on which a fragment inside a selection on `type` can hold. */
  const conditions = (type: GraphQLNamedType): readonly string[] => {
    if (isAbstractType(type)) return [type.name, ...schema.getPossibleTypes(type).map(({ name }) => name)];
    return isObjectType(type) ? [type.name, ...type.getInterfaces().map(({ name }) => name)] : [];
  };

  function fragment(type: GraphQLNamedType, deep: number): string {
    const on = oneOf(conditions(type));
    const body = selection(schema.getType(on) as GraphQLNamedType, deep);
    if (often(30)) return `...${directives()} ${selection(type, deep)}`;
    if (often(50)) return `... on ${on}${directives()} ${body}`;
    const name = `F${names++}`;
    fragments.push(`fragment ${name} on ${on} ${body}`);
    return `...${name}${directives()}${often(20) ? ` ...${name}` : ""}`;
  }

  function selection(type: GraphQLNamedType, deep: number): string {
    const all = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
    const allowed = deep > 0 ? all : all.filter((each) => !isCompositeType(getNamedType(each.type)));
    const parts = Array.from({ length: 1 + draw(5) }, () => {
      if (allowed.length === 0 || often(8)) return often(30) ? `t${names++}: __typename` : "__typename";
      return deep > 0 && often(15) ? fragment(type, deep - 1) : field(oneOf(allowed), deep);
    });
    return `{ ${parts.join(" ")} }`;
  }

  const root = { query: schema.getQueryType(), mutation: schema.getMutationType(), subscription: schema.getSubscriptionType() }[kind];
  if (!root) throw new Error(`The schema has no ${kind}`);
  const choice = Object.values(root.getFields()).filter(({ name }) => roots?.includes(name) ?? true);
  const length = kind === "subscription" ? 1 : 1 + draw(3);
  const body = Array.from({ length }, () => (often(5) ? "__typename" : field(oneOf(choice), depth))).join(" ");
  const head = definitions.length > 0 ? `(${definitions.join(", ")})` : "";
  return { text: `${kind} Drawn${head} { ${body} }\n${fragments.join("\n")}`, variables };
}
