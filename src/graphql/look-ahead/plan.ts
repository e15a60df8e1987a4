import {
  getVariableValues, Kind, type DocumentNode, type FragmentDefinitionNode, type GraphQLSchema, type OperationDefinitionNode,
} from "graphql";
import { policies, policyOf, type Rule } from "../../auth/policy.js";
import type { Viewer } from "../../auth/viewer.js";
import { Kept } from "../../db/statements.js";
import { prepareAhead, type Ahead } from "../../loaders/ahead.js";
import { standInOf, type Source } from "../../loaders/source.js";
import { answering, fieldsOf, keyOf, keysOfOne, type Answering, type Reading } from "./steps.js";

/** How an operation is read. */
export interface Plan {
  /** Statements that read a root field with what is selected below it. */
  aheads: readonly Ahead[];
  /** Columns that the operation looks at, by declaration; undefined when it may look at any. */
  wanted: Source["wanted"];
}

/** Plans kept in all, and steps in them: clients choose documents and variables. */
const maxKept = 5_000;
const maxSteps = 50_000;

const nothing: Plan = { aheads: [], wanted: undefined };

/** Plans of a schema's queries, kept by document, role and variables. */
export class Plans {
  #kept = new Kept<Promise<Plan>>(maxKept);
  #steps = 0;
  readonly #numbers = new WeakMap<DocumentNode, number>();
  #documents = 0;

  constructor(private readonly schema: GraphQLSchema) {}

  of(document: DocumentNode, query: OperationDefinitionNode, variables: Record<string, unknown>, viewer: Viewer, writes: boolean): Promise<Plan> {
    const number = this.#numbers.get(document) ?? this.#documents++;
    this.#numbers.set(document, number);
    // A variable that was left out takes its default, one that is null does not.
    const given = query.variableDefinitions?.map(({ variable: { name } }) => (variables[name.value] === undefined ? 0 : [variables[name.value]]));
    const key = JSON.stringify([number, query.name?.value, viewer.role, writes, given]);
    // Arguments that do not fit are told by the resolvers.
    return this.#kept.of(key, () => this.#counted(this.#make(document, query, variables, standInOf(viewer), writes).catch(() => nothing)));
  }

  async #counted(made: Promise<Plan>): Promise<Plan> {
    const plan = await made;
    for (const { steps, islands } of plan.aheads) this.#steps += steps.length + 5 * islands.length;
    if (this.#steps > maxSteps) {
      this.#kept = new Kept(maxKept);
      this.#steps = 0;
    }
    return plan;
  }

  async #make(document: DocumentNode, query: OperationDefinitionNode, variables: Record<string, unknown>, viewer: Viewer, writes: boolean): Promise<Plan> {
    const type = this.schema.getQueryType();
    const { coerced } = getVariableValues(this.schema, query.variableDefinitions ?? [], variables);
    if (!type || !coerced) return nothing;
    const fragments = new Map<string, FragmentDefinitionNode>();
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    }
    const reading: Reading = { fragments, variables: coerced, viewer, wanted: new Map(), writes, islands: 0, opaque: false };
    const roots: Answering[] = [];
    const fields = fieldsOf(reading, type, query.selectionSet);
    const alone = keysOfOne(fields);
    for (const field of fields) {
      const policy = policyOf(type, field.name.value);
      const isRefused = policy && !(policies[policy] as Rule).allows(viewer, undefined as never);
      if (!isRefused) roots.push(await answering(reading, type, field, alone.has(keyOf(field))));
    }
    const wanted = reading.opaque ? undefined : reading.wanted;
    const worthwhile = roots.filter(({ steps, islands }) => steps.length > 1 || islands.length > 0);
    return { wanted, aheads: worthwhile.map(({ steps, islands }) => prepareAhead(viewer, steps, islands, wanted)) };
  }
}

