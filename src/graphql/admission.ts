import { Kind, type DocumentNode, type OperationDefinitionNode } from "graphql";
import type { Context } from "./context.js";
import type { Cost, Gate } from "./limits/gate.js";

/** A valid operation that came over HTTP, before anything of it runs. */
export interface Asked {
  document: DocumentNode;
  /** Absent when the document has no operation of this name. */
  operation: OperationDefinitionNode | undefined;
  operationName: string | null | undefined;
  variables: Record<string, unknown>;
  context: Context;
}

/**
 * Lets an operation of HTTP through, and charges its viewer.
 * @throws {Unauthenticated} for a credential that was not taken; LIMIT_EXCEEDED or RATE_LIMITED as the gate does.
 */
export type Admission = (asked: Asked) => Promise<Cost | undefined>;

/** What stands between a valid operation and its execution, whichever way it came. */
export const createAdmission =
  (gate: Gate): Admission =>
  async ({ document, operation, operationName, variables, context }) => {
    // Clients send the token that has just ended along when they ask for a new one.
    if (context.refusal && !beginsSession(operation)) throw context.refusal;
    return gate({ document, operationName, variables, viewer: context.viewer });
  };

const sessionBeginnings = new Set(["refreshSession", "signIn", "signUp"]);

/** Does the operation do nothing but make new tokens? */
const beginsSession = (operation: OperationDefinitionNode | undefined): boolean =>
  operation?.operation === "mutation" &&
  operation.selectionSet.selections.every((part) => part.kind === Kind.FIELD && sessionBeginnings.has(part.name.value));
