import { expect } from "vitest";
import type { Session, TestApp } from "./app.js";

export interface Failure {
  code: string;
  path: string[];
}

/**
 * Sends one mutation with its `input` and answers with the payload.
 * `inputType` is needed where it is not `<Mutation>Input`.
 */
export async function mutate<Payload = Record<string, unknown>>(
  app: TestApp,
  name: string,
  input: object,
  selection: string,
  as?: Session,
  inputType = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`,
): Promise<Payload & { errors: Failure[] }> {
  const document = `mutation ($input: ${inputType}!) { ${name}(input: $input) { ${selection} errors { code path } } }`;
  const { data, errors } = await app.query<Record<string, Payload & { errors: Failure[] }>>(document, { input }, as);
  expect(errors).toBeUndefined();
  const payload = data[name];
  if (!payload) throw new Error(`${name} answered nothing`);
  return payload;
}

/** The failures as `CODE at path`, in order, to compare as a whole. */
export const failures = ({ errors }: { errors: Failure[] }): string[] =>
  errors.map(({ code, path }) => `${code} at ${path.join(".")}`);
