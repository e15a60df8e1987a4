import {
  getNullableType,
  GraphQLError,
  GraphQLID,
  GraphQLString,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLAbstractType,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from "graphql";
import { inspect } from "graphql/jsutils/inspect.js";
import { runFields } from "./fields.js";
import type { Path } from "./failures.js";
import { fieldsBelow, infoOf, type Field, type Run } from "./plan.js";

/** Turns what a resolver answered into what the client gets, or into a promise of that. @throws what makes it null. */
export type Complete = (run: Run, field: Field, path: Path, value: unknown) => unknown;

export const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof (value as { then?: unknown } | null | undefined)?.then === "function";

const kept = new WeakMap<GraphQLOutputType, Complete>();

/** How values of a type are completed. */
export function completerOf(type: GraphQLOutputType): Complete {
  let complete = kept.get(type);
  if (!complete) kept.set(type, (complete = make(type)));
  return complete;
}

function make(type: GraphQLOutputType): Complete {
  const complete = completerOfNullable(getNullableType(type));
  if (!isNonNullType(type)) {
    return (run, field, path, value) => {
      if (value == null) return null;
      if (value instanceof Error) throw value;
      return complete(run, field, path, value);
    };
  }
  return (run, field, path, value) => {
    if (value instanceof Error) throw value;
    const completed = value == null ? null : complete(run, field, path, value);
    if (completed === null) throw new Error(`Cannot return null for non-nullable field ${field.parent.name}.${field.name}.`);
    return completed;
  };
}

function completerOfNullable(type: GraphQLOutputType): Complete {
  if (isListType(type)) return list(type.ofType);
  if (isLeafType(type)) return leaf(type);
  if (isAbstractType(type)) return abstract(type);
  if (isObjectType(type)) return (run, field, path, value) => runFields(run, fieldsBelow(run, field, type), value, path);
  throw new TypeError(`${inspect(type)} cannot be answered`);
}

function leaf(type: GraphQLLeafType): Complete {
  const isText = type === GraphQLString || type === GraphQLID;
  return (_run, _field, _path, value) => {
    if (isText && typeof value === "string") return value;
    const serialized: unknown = type.serialize(value);
    if (serialized != null) return serialized;
    const call = `${inspect(type)}.serialize(${inspect(value)})`;
    throw new Error(`Expected \`${call}\` to return non-nullable value, returned: ${inspect(serialized)}`);
  };
}

function list(itemType: GraphQLOutputType): Complete {
  const complete = completerOf(itemType);
  const nullable = !isNonNullType(itemType);
  const item: Complete = (run, field, path, value) => {
    try {
      const completed = isPromise(value)
        ? value.then((resolved) => complete(run, field, path, resolved))
        : complete(run, field, path, value);
      if (!isPromise(completed)) return completed;
      return completed.then(undefined, (error: unknown) => run.failures.settle(error, field.nodes, path, nullable));
    } catch (error) {
      return run.failures.settle(error, field.nodes, path, nullable);
    }
  };
  return (run, field, path, value) => {
    if (!isIterable(value)) {
      throw new GraphQLError(`Expected Iterable, but did not find one for field "${field.parent.name}.${field.name}".`);
    }
    const items: unknown[] = [];
    let pending = false;
    try {
      for (const each of value) {
        const completed = item(run, field, { prev: path, key: items.length, typename: undefined }, each);
        pending ||= isPromise(completed);
        items.push(completed);
      }
    } catch (error) {
      // Nobody waits for those that are still under way; their failures would end the process.
      for (const each of items) if (isPromise(each)) each.then(undefined, () => {});
      throw error;
    }
    return pending ? Promise.all(items) : items;
  };
}

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === "object" && typeof (value as Partial<Iterable<unknown>> | null)?.[Symbol.iterator] === "function";

function abstract(type: GraphQLAbstractType): Complete {
  return (run, field, path, value) => {
    const name: unknown = type.resolveType?.(value, run.context, infoOf(run, field, path), type);
    const go = (resolved: unknown) =>
      runFields(run, fieldsBelow(run, field, runtimeType(run, type, field, resolved, value)), value, path);
    return isPromise(name) ? name.then(go) : go(name);
  };
}

/** The object type that a value of an abstract type has. @throws {GraphQLError} in the words of graphql-js. */
function runtimeType({ plan: { schema } }: Run, type: GraphQLAbstractType, field: Field, name: unknown, value: unknown): GraphQLObjectType {
  const { nodes } = field;
  const place = `for field "${field.parent.name}.${field.name}"`;
  if (name == null) {
    const remedy = `Either the "${type.name}" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.`;
    throw new GraphQLError(`Abstract type "${type.name}" must resolve to an Object type at runtime ${place}. ${remedy}`, { nodes });
  }
  if (isObjectType(name)) {
    throw new GraphQLError(
      "Support for returning GraphQLObjectType from resolveType was removed in graphql-js@16.0.0 please return type name instead.",
    );
  }
  if (typeof name !== "string") {
    const given = `value ${inspect(value)}, received "${inspect(name)}"`;
    throw new GraphQLError(`Abstract type "${type.name}" must resolve to an Object type at runtime ${place} with ${given}.`);
  }
  const found = schema.getType(name);
  if (!found) throw new GraphQLError(`Abstract type "${type.name}" was resolved to a type "${name}" that does not exist inside the schema.`, { nodes });
  if (!isObjectType(found)) throw new GraphQLError(`Abstract type "${type.name}" was resolved to a non-object type "${name}".`, { nodes });
  if (!schema.isSubType(type, found)) {
    throw new GraphQLError(`Runtime Object type "${found.name}" is not a possible type for "${type.name}".`, { nodes });
  }
  return found;
}
