import type { NonEmptyArray } from "type-graphql";
import { CatalogQueries, CourseEdges, ProviderEdges } from "./catalog.js";
import { AuthSessionEdges, IdentityQueries, UserEdges, UserPreferencesEdges } from "./identity.js";
import { NodeQueries } from "./nodes.js";

/** The graph: every resolver class, by domain. */
export const resolvers: NonEmptyArray<Function> = [
  NodeQueries,
  IdentityQueries, UserEdges, UserPreferencesEdges, AuthSessionEdges,
  CatalogQueries, CourseEdges, ProviderEdges,
];
