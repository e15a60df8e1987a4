import type { CodegenConfig } from "@graphql-codegen/cli";

const config = {
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
};

/**
 * Types the operations for the test client and hashes them for trusted documents; types those of the dashboard for its page.
 * What it writes is not committed; `npm run docs:operations` carries the hashes to where clients find them.
 */
const codegen: CodegenConfig = {
  schema: "./schema.graphql",
  importExtension: ".js",
  generates: {
    "dashboard/generated/": {
      documents: ["dashboard/operations/*.graphql"],
      preset: "client",
      presetConfig: { fragmentMasking: false },
      config,
    },
    "test/generated/": {
      documents: ["operations/*.graphql"],
      preset: "client",
      presetConfig: { persistedDocuments: { hashAlgorithm: "sha256" }, fragmentMasking: false },
      config,
    },
  },
};

export default codegen;
