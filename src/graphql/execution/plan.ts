import {
  getArgumentValues,
  getNullableType,
  isLeafType,
  isNonNullType,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  visit,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { collectFields, collectSubfields } from "graphql/execution/collectFields.js";
import type { Written } from "../../loaders/source.js";
import type { Context } from "../context.js";
import { completerOf, type Complete } from "./complete.js";
import type { Failures, Path } from "./failures.js";

type Values = Record<string, unknown>;

/** One run of a plan. */
export interface Run {
  readonly plan: Plan;
  readonly context: Context;
  readonly root: unknown;
  /** As coerced. */
  readonly variables: Values;
  readonly failures: Failures;
  /** Answers that the database wrote, by the field's node. */
  readonly written: ReadonlyMap<object, Written> | undefined;
  /** Arguments that depend on variables: the same for all objects of a list. */
  readonly args: Map<Field, Values>;
}

/** A field of a selection on one object type, with everything that does not change from run to run. */
export interface Field {
  /** The alias, else the name. */
  readonly key: string;
  readonly name: string;
  readonly nodes: readonly FieldNode[];
  readonly parent: GraphQLObjectType;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly nullable: boolean;
  /** Absent where the property of the same name is the value. */
  readonly resolve: GraphQLField<unknown, unknown>["resolve"];
  readonly complete: Complete;
  /** Is a property, and has nothing below. */
  readonly isLeaf: boolean;
  /** Set when first needed, if no variable occurs in them. */
  args: Readonly<Values> | undefined;
  readonly variable: boolean;
  /** What is selected below, for each object type that was met. */
  readonly below: Map<GraphQLObjectType, readonly Field[]>;
}

/** An operation, for one setting of the variables that switch parts of it on and off. */
export interface Plan {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Record<string, FragmentDefinitionNode>;
  root: readonly Field[] | undefined;
}

/** The fields of the operation itself. @throws {GraphQLError} for a switch without a value. */
export const rootFields = ({ plan, variables }: Run, type: GraphQLObjectType): readonly Field[] =>
  (plan.root ??= planned(
    plan.schema,
    type,
    collectFields(plan.schema, plan.fragments, variables, type, plan.operation.selectionSet),
  ));

/** The fields selected below a field whose value is a `type`; found out when the first is met. @throws {GraphQLError} as above. */
export function fieldsBelow({ plan, variables }: Run, field: Field, type: GraphQLObjectType): readonly Field[] {
  let fields = field.below.get(type);
  if (!fields) {
    fields = planned(plan.schema, type, collectSubfields(plan.schema, plan.fragments, variables, type, field.nodes));
    field.below.set(type, fields);
  }
  return fields;
}

const planned = (schema: GraphQLSchema, parent: GraphQLObjectType, collected: Map<string, readonly FieldNode[]>): Field[] =>
  [...collected].flatMap(([key, nodes]) => {
    const [node] = nodes;
    const definition = node && definitionOf(schema, parent, node.name.value);
    return definition ? [fieldOf(key, nodes, parent, definition)] : [];
  });

function definitionOf(schema: GraphQLSchema, parent: GraphQLObjectType, name: string): GraphQLField<unknown, unknown> | undefined {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
  if (parent === schema.getQueryType()) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  }
  return parent.getFields()[name];
}

const none: Readonly<Values> = Object.freeze({});

function fieldOf(
  key: string,
  nodes: readonly FieldNode[],
  parent: GraphQLObjectType,
  definition: GraphQLField<unknown, unknown>,
): Field {
  return {
    key,
    name: definition.name,
    nodes,
    parent,
    definition,
    nullable: !isNonNullType(definition.type),
    resolve: definition.resolve,
    complete: completerOf(definition.type),
    isLeaf: !definition.resolve && definition.args.length === 0 && isLeafType(getNullableType(definition.type)),
    args: definition.args.length === 0 ? none : undefined,
    variable: nodes.slice(0, 1).some(hasVariable),
    below: new Map(),
  };
}

function hasVariable({ arguments: given = [] }: FieldNode): boolean {
  let found = false;
  for (const argument of given) visit(argument, { Variable: () => void (found = true) });
  return found;
}

/** The arguments of a field. @throws {GraphQLError} for one without a usable value. */
export function argsOf(run: Run, field: Field): Values {
  const known = field.args ?? run.args.get(field);
  if (known) return known;
  const values = getArgumentValues(field.definition, field.nodes[0] as FieldNode, run.variables);
  if (field.variable) run.args.set(field, values);
  // They outlive the request: whoever changed them would change the next one's.
  else field.args = freeze(values);
  return values;
}

function freeze<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}

/** What a resolver may want to know about where it is called. */
export const infoOf = ({ plan, root, variables }: Run, { definition, nodes, parent }: Field, path: Path): GraphQLResolveInfo => ({
  fieldName: definition.name,
  fieldNodes: nodes,
  returnType: definition.type,
  parentType: parent,
  path,
  schema: plan.schema,
  fragments: plan.fragments,
  rootValue: root,
  operation: plan.operation,
  variableValues: variables,
});
