import type { NonEmptyArray } from "type-graphql";
import { CatalogQueries, CourseEdges, ProviderEdges } from "./catalog.js";
import { NodeQueries } from "./nodes.js";

/** The graph: every resolver class, by domain. */
export const resolvers: NonEmptyArray<Function> = [
  NodeQueries,
  CatalogQueries, CourseEdges, ProviderEdges,
];
