import { locatedError, responsePathAsArray, type FieldNode, type GraphQLError, type GraphQLResolveInfo } from "graphql";

export type Path = GraphQLResolveInfo["path"];

/** The errors of one run, without those below a position that is null already. */
export class Failures {
  readonly errors: GraphQLError[] = [];
  readonly #nulled = new Set<Path | undefined>();

  /** Notes that the position is null because of the error; undefined is the whole answer. */
  add(error: GraphQLError, position: Path | undefined): void {
    for (let path = position; path; path = path.prev) if (this.#nulled.has(path)) return;
    if (this.#nulled.has(undefined)) return;
    this.#nulled.add(position);
    this.errors.push(error);
  }

  /** The null that stands for a value that failed. @throws {GraphQLError} where null may not stand. */
  settle(error: unknown, nodes: readonly FieldNode[], path: Path, nullable: boolean): null {
    const located = locatedError(error, nodes, responsePathAsArray(path));
    if (!nullable) throw located;
    this.add(located, path);
    return null;
  }
}
