import { GraphQLError, Kind, OperationTypeNode, type DocumentNode, type SelectionSetNode, type ValidationRule } from "graphql";

/**
 * A subscription's root field must not depend on `@skip` or `@include`: the specification of September 2025, section 5.2.4.1.
 * graphql-js 16 would throw there for a condition that is a variable, so the operation is also taken out of what
 * the rules after this one see.
 */
export const UnconditionalRootsRule: ValidationRule = (context) => ({
  Document(document) {
    const definitions = document.definitions.filter((definition) => {
      if (definition.kind !== Kind.OPERATION_DEFINITION || definition.operation !== OperationTypeNode.SUBSCRIPTION) return true;
      if (!isConditional(definition.selectionSet, document)) return true;
      const message = "The root field of a subscription must not depend on `@skip` or `@include`.";
      context.reportError(new GraphQLError(message, { nodes: definition }));
      return false;
    });
    return definitions.length === document.definitions.length ? undefined : { ...document, definitions };
  },
});

/** Does a condition stand on the selections of a root, fragments included? */
function isConditional({ selections }: SelectionSetNode, document: DocumentNode, opened = new Set<string>()): boolean {
  return selections.some((selection) => {
    if (selection.directives?.some(({ name }) => name.value === "skip" || name.value === "include")) return true;
    if (selection.kind === Kind.FIELD) return false;
    if (selection.kind === Kind.INLINE_FRAGMENT) return isConditional(selection.selectionSet, document, opened);
    const name = selection.name.value;
    if (opened.has(name)) return false;
    opened.add(name);
    const fragment = document.definitions.find((other) => other.kind === Kind.FRAGMENT_DEFINITION && other.name.value === name);
    return fragment?.kind === Kind.FRAGMENT_DEFINITION && isConditional(fragment.selectionSet, document, opened);
  });
}
