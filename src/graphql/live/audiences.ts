import { getOperationAST, Kind, visit, type DocumentNode, type OperationDefinitionNode } from "graphql";
import type { Viewer } from "../../auth/viewer.js";
import { Audience, type AudienceParts, type SharedOperation } from "./audience.js";

/** The argument of every subscription that says where its stream begins, and nothing about what it shows. */
const whereToBegin = "after";

interface Sharing extends SharedOperation {
  topic: string;
  viewer: Viewer;
}

/** The audiences of this process. */
export function createAudiences(parts: AudienceParts): (sharing: Sharing) => Audience {
  const audiences = new Map<string, Audience>();
  const keys = createKeys();
  return ({ topic, viewer, ...operation }) => {
    const key = keys({ topic, viewer, ...operation });
    let audience = audiences.get(key);
    if (!audience) {
      audience = new Audience(operation, parts, () => audiences.delete(key));
      audiences.set(key, audience);
    }
    return audience;
  };
}

/**
 * Equal for subscribers who are shown the same bytes: topic, document, operation, variables, and everything of
 * the viewer that a resolver or policy could look at for an answer. The session is part of that, for a list of
 * sessions marks the current one; the address and the user agent are not, for only records of writes hold them.
 */
function createKeys(): (sharing: Sharing) => string {
  const plans = new WeakMap<DocumentNode, Map<string, string[]>>();
  const numbers = new WeakMap<DocumentNode, number>();
  let documents = 0;
  return ({ topic, viewer, document, operationName, variables }) => {
    let number = numbers.get(document);
    if (number === undefined) numbers.set(document, (number = ++documents));
    const plan = plans.get(document) ?? new Map<string, string[]>();
    plans.set(document, plan);
    const name = operationName ?? "";
    let names = plan.get(name);
    if (!names) plan.set(name, (names = variablesShown(document, operationName)));
    const values = names.map((name) => (name in variables ? [variables[name]] : 0));
    return JSON.stringify([number, name, topic, viewer.id, viewer.role, viewer.sessionId, values]);
  };
}

/** The variables of an operation on which its answers depend: all but those that only say where the stream begins. */
export function variablesShown(document: DocumentNode, operationName: string | null | undefined): string[] {
  const operation = getOperationAST(document, operationName);
  if (!operation) return [];
  const begins = startingVariables(operation);
  const uses = new Map<string, number>();
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void uses.set(name.value, (uses.get(name.value) ?? 0) + 1),
  });
  return (operation.variableDefinitions ?? [])
    .map(({ variable }) => variable.name.value)
    .filter((name) => uses.get(name) !== begins.get(name));
}

/** How often each variable is the whole value of `after` at the root. */
function startingVariables({ selectionSet }: OperationDefinitionNode): Map<string, number> {
  const found = new Map<string, number>();
  for (const field of selectionSet.selections) {
    if (field.kind !== Kind.FIELD) continue;
    for (const { name, value } of field.arguments ?? []) {
      if (name.value !== whereToBegin || value.kind !== Kind.VARIABLE) continue;
      found.set(value.name.value, (found.get(value.name.value) ?? 0) + 1);
    }
  }
  return found;
}
