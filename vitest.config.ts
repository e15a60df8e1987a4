import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** These touch no database, so that one pass of the suite is enough. */
const withoutDatabase = ["test/documents/**", "test/contract/docs.test.ts", "test/services/markdown.test.ts", "test/services/input.test.ts"];

export default defineConfig({
  oxc: { decorator: { legacy: true } },
  // Node loads graphql's CommonJS build, Vite would prefer its ESM build: two copies that refuse each other's types.
  resolve: { alias: [{ find: /^graphql$/, replacement: fileURLToPath(new URL("node_modules/graphql/index.js", import.meta.url)) }] },
  test: {
    include: ["test/**/*.test.ts"],
    exclude: process.env["TEST_DATABASE_URL"] ? withoutDatabase : [],
    globalSetup: "test/support/setup.ts",
    setupFiles: ["reflect-metadata"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    reporters: ["default"],
  },
});
