import { PgSimplifyInflectionPreset } from "@graphile/simplify-inflection";
import { makePgService } from "postgraphile/adaptors/pg";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import type {} from "postgraphile";
import { poolSize } from "../settings.js";

/**
 * The preset that the documentation recommends for new projects, with its simplified names. Nothing that slows
 * it is on: no subscriptions, no explorer, no explain, no errors in detail. Who asks is not checked either, and
 * row-level security is off, so that its signed-in queries do less than those of the others.
 */
export const preset: GraphileConfig.Preset = {
  extends: [PostGraphileAmberPreset, PgSimplifyInflectionPreset],
  pgServices: [
    makePgService({
      connectionString: process.env["DATABASE_URL"] ?? "",
      schemas: ["catalog", "identity", "learner", "pathways", "progress", "gamification"],
      poolConfig: { max: poolSize },
    }),
  ],
  grafserv: { graphqlPath: "/graphql", graphiql: false, watch: false, websockets: false, maxRequestLength: 1_000_000 },
  grafast: { explain: false },
};
