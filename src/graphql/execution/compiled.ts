import {
  getVariableValues,
  isAbstractType,
  isObjectType,
  Kind,
  visit,
  type DocumentNode,
  type ExecutionResult,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { createInterpreter, type Executor, type Operation } from "./executor.js";
import { isPromise } from "./complete.js";
import { Failures } from "./failures.js";
import { runFields, runSerially } from "./fields.js";
import { rootFields, type Plan, type Run } from "./plan.js";

/** Plans kept of an operation, one for each setting of its switches. */
const maxKept = 8;

/** An operation of a document, with its plans. */
interface Prepared {
  operation: OperationDefinitionNode;
  fragments: Record<string, FragmentDefinitionNode>;
  /** Variables of `@skip` and `@include`. */
  switches: readonly string[];
  plans: Map<string, Plan>;
}

/**
 * Executes by a plan that is made once per document: which fields are selected of which type, their
 * resolvers, constant arguments and how values are completed. Order of calls, promises and failures is that of
 * graphql-js, so the answers are the same to the byte. What fails before anything runs is left to graphql-js itself,
 * and so are schemas with `isTypeOf`, or with abstract types that have no `resolveType`.
 */
export function createCompiled(schema: GraphQLSchema): Executor {
  const interpret = createInterpreter(schema);
  if (!isCompilable(schema)) return interpret;
  const kept = new WeakMap<DocumentNode, Map<string | null, Prepared>>();
  return (given) => {
    const prepared = preparedOf(kept, given);
    if (!prepared) return interpret(given);
    const { operation } = prepared;
    const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], given.variables);
    const type = schema.getRootType(operation.operation);
    if (errors || !type) return interpret(given);
    const plan = planOf(schema, prepared, coerced);
    const { context, root } = given;
    const written = given.isForText ? context.loaders.written : undefined;
    const run: Run = { plan, context, root, variables: coerced, failures: new Failures(), written, args: new Map() };
    const { failures } = run;
    const fail = (error: unknown): ExecutionResult => {
      failures.add(error as GraphQLError, undefined);
      return answer(null, failures);
    };
    try {
      const fields = rootFields(run, type);
      const data = operation.operation === "mutation" ? runSerially(run, fields, given.root) : runFields(run, fields, given.root, undefined);
      return isPromise(data) ? data.then((settled) => answer(settled, failures), fail) : answer(data, failures);
    } catch (error) {
      return fail(error);
    }
  };
}

const answer = (data: ExecutionResult["data"], { errors }: Failures): ExecutionResult => (errors.length === 0 ? { data } : { errors, data });

const isCompilable = (schema: GraphQLSchema): boolean =>
  Object.values(schema.getTypeMap()).every((type) => (isAbstractType(type) ? type.resolveType : !isObjectType(type) || !type.isTypeOf));

function preparedOf(kept: WeakMap<DocumentNode, Map<string | null, Prepared>>, { document, operationName = null }: Operation): Prepared | undefined {
  let operations = kept.get(document);
  if (!operations) kept.set(document, (operations = new Map()));
  const known = operations.get(operationName);
  if (known) return known;
  const candidates = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const [operation, ...others] = operationName === null ? candidates : candidates.filter(({ name }) => name?.value === operationName);
  if (!operation || others.length > 0) return undefined;
  const fragments = Object.fromEntries(
    document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION).map((fragment) => [fragment.name.value, fragment]),
  );
  const prepared = { operation, fragments, switches: switchesOf(document), plans: new Map<string, Plan>() };
  operations.set(operationName, prepared);
  return prepared;
}

function switchesOf(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive({ arguments: given = [] }) {
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

function planOf(schema: GraphQLSchema, { operation, fragments, switches, plans }: Prepared, variables: Record<string, unknown>): Plan {
  const key = switches.length === 0 ? "" : switches.map((name) => String(variables[name])).join();
  let plan = plans.get(key);
  if (!plan) {
    if (plans.size >= maxKept) plans.clear();
    plans.set(key, (plan = { schema, operation, fragments, root: undefined }));
  }
  return plan;
}
