import {
  getVariableValues, Kind, type DocumentNode, type FragmentDefinitionNode, type GraphQLSchema, type OperationDefinitionNode,
} from "graphql";
import { policies, policyOf, type Rule } from "../../auth/policy.js";
import type { Viewer } from "../../auth/viewer.js";
import { Kept } from "../../db/statements.js";
import { prepareAhead, type Ahead, type Step } from "../../loaders/ahead.js";
import { standInOf, type Source } from "../../loaders/source.js";
import { fieldsOf, stepsOf, type Reading } from "./steps.js";

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

  of(document: DocumentNode, query: OperationDefinitionNode, variables: Record<string, unknown>, viewer: Viewer): Promise<Plan> {
    const number = this.#numbers.get(document) ?? this.#documents++;
    this.#numbers.set(document, number);
    const given = query.variableDefinitions?.map(({ variable }) => variables[variable.name.value]);
    const key = JSON.stringify([number, query.name?.value, viewer.role, given]);
    // Arguments that do not fit are told by the resolvers.
    return this.#kept.of(key, () => this.#counted(this.#make(document, query, variables, standInOf(viewer)).catch(() => nothing)));
  }

  async #counted(made: Promise<Plan>): Promise<Plan> {
    const plan = await made;
    for (const { steps } of plan.aheads) this.#steps += steps.length;
    if (this.#steps > maxSteps) {
      this.#kept = new Kept(maxKept);
      this.#steps = 0;
    }
    return plan;
  }

  async #make(document: DocumentNode, query: OperationDefinitionNode, variables: Record<string, unknown>, viewer: Viewer): Promise<Plan> {
    const type = this.schema.getQueryType();
    const { coerced } = getVariableValues(this.schema, query.variableDefinitions ?? [], variables);
    if (!type || !coerced) return nothing;
    const fragments = new Map<string, FragmentDefinitionNode>();
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    }
    const reading: Reading = { fragments, variables: coerced, viewer, wanted: new Map(), opaque: false };
    const roots: Step[][] = [];
    for (const field of fieldsOf(reading, type, query.selectionSet)) {
      const policy = policyOf(type, field.name.value);
      const isRefused = policy && !(policies[policy] as Rule).allows(viewer, undefined as never);
      if (!isRefused) roots.push(await stepsOf(reading, type, field));
    }
    const wanted = reading.opaque ? undefined : reading.wanted;
    return { wanted, aheads: roots.filter((steps) => steps.length > 1).map((steps) => prepareAhead(viewer, steps, wanted)) };
  }
}

