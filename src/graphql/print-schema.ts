import { lexicographicSortSchema, printSchema, type GraphQLSchema } from "graphql";

/** The graph as `schema.graphql` shows it to reviewers: sorted, so that a change reads as a change. */
export const printedSchema = (schema: GraphQLSchema): string => `${printSchema(lexicographicSortSchema(schema))}\n`;
