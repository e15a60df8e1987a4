import type { CodegenConfig } from "@graphql-codegen/cli";

/**
 * Types the operations for the test client and hashes them for trusted documents.
 * What it writes is not committed; `npm run docs:operations` carries the hashes to where clients find them.
 */
const config: CodegenConfig = {
  schema: "./schema.graphql",
  documents: ["operations/*.graphql"],
  importExtension: ".js",
  generates: {
    "test/generated/": {
      preset: "client",
      presetConfig: { persistedDocuments: { hashAlgorithm: "sha256" }, fragmentMasking: false },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        scalars: {
          BigInt: "number",
          DateTime: "string",
          EmailAddress: "string",
          ID: "string",
          JSON: "unknown",
          LocalDate: "string",
          TimeZone: "string",
          URL: "string",
          UUID: "string",
        },
        documentMode: "string",
      },
    },
  },
};

export default config;
