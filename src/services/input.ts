import { z } from "zod";
import { Rejection, type ErrorCode, type Problem } from "../graphql/errors.js";

/**
 * Checks an input against its rules and hands on the cleaned value.
 * @throws {Rejection} with every failure of the input, each with its path.
 */
export function check<Schema extends z.ZodType>(rules: Schema, input: unknown): z.output<Schema> {
  const parsed = rules.safeParse(input, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new Rejection(parsed.error.issues.map(problemOf));
}

function problemOf(issue: z.core.$ZodIssue): Problem {
  return { code: codeOf(issue), path: ["input", ...issue.path.map(String)], message: issue.message };
}

function codeOf(issue: z.core.$ZodIssue): ErrorCode {
  if (issue.code === "custom") return (issue.params?.["code"] as ErrorCode | undefined) ?? "INVALID";
  if (issue.code === "too_small" || issue.code === "too_big") {
    if (issue.origin !== "string" && issue.origin !== "array") return "OUT_OF_RANGE";
    return issue.code === "too_small" ? "TOO_SHORT" : "TOO_LONG";
  }
  if (issue.code === "invalid_format") return "INVALID_FORMAT";
  return issue.code === "invalid_type" && issue.input === undefined ? "REQUIRED" : "INVALID";
}

/** Text for people: trimmed, not empty, at most `max` characters. */
export const line = (max: number) => z.string().trim().min(1, "This must not be empty.").max(max, `This may have at most ${max} characters.`);

/** A field of an update: left alone when absent, cleared when null. */
export const clearable = <Schema extends z.ZodType>(rules: Schema) => rules.nullable().optional();

/** A whole number; both bounds are allowed. */
export const whole = (min: number, max: number) => {
  const message = `This must be a whole number from ${min} to ${max}.`;
  return z.int(message).min(min, message).max(max, message);
};

/** An http or https address of at most 2,000 characters: a link must not smuggle a script into a page. */
export const webAddress = z
  .url({ protocol: /^https?$/, error: "This must be an http or https address." })
  .max(2_000, "This may have at most 2,000 characters.");
