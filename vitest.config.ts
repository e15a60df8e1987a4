import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** These touch no database, only the embedded one, or what lies in front of it: one pass of the suite is enough. */
const embeddedOnly = [
  "test/api/uploads-http.test.ts",
  "test/browser/**",
  "test/documents/**",
  "test/contract/{docs,embedded-lock,policies,query-counts,schema}.test.ts",
  "test/faults/first-start.test.ts",
  "test/services/{documents,documents-check,identity-passwords,import-command,input,markdown,model-writer,phone,temporary}.test.ts",
  "test/services/streaks/{calendar,moodle,properties,rewards,rules}.test.ts",
];

export default defineConfig({
  oxc: { decorator: { legacy: true } },
  // Node loads graphql's CommonJS build, Vite would prefer its ESM build: two copies that refuse each other's types.
  resolve: { alias: [{ find: /^graphql$/, replacement: fileURLToPath(new URL("node_modules/graphql/index.js", import.meta.url)) }] },
  test: {
    include: ["test/**/*.test.ts"],
    exclude: process.env["TEST_DATABASE_URL"] ? embeddedOnly : [],
    globalSetup: "test/support/setup.ts",
    setupFiles: ["reflect-metadata"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Machines may be busy; who waits for something waits for it, not for a time.
    expect: { poll: { timeout: 60_000 } },
    maxWorkers: 2,
    reporters: ["default"],
  },
});
