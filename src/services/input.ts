import { z } from "zod";
import { Rejection, type ErrorCode, type Problem } from "../graphql/errors.js";

/**
 * Checks an input against its rules and hands on the cleaned value.
 * @throws {Rejection} with every failure of the input, each with its path.
 */
export function check<Rules extends z.ZodType>(rules: Rules, input: unknown): z.output<Rules> {
  const parsed = parse(rules, input);
  if (parsed.success) return parsed.data;
  throw new Rejection(parsed.error.issues.map(problemOf));
}

/**
 * Checks an input against its rules and against stored data. `compare` looks at the fields that keep
 * their own rules, whatever is wrong with the others, and answers with what stored data says against them.
 * @throws {Rejection} with the failures of both kinds together, each with its path.
 */
export async function checkWithStored<Rules extends z.ZodObject>(
  rules: Rules,
  input: Readonly<Record<string, unknown>>,
  compare: (sound: Partial<z.output<Rules>>) => Promise<readonly Problem[]>,
): Promise<z.output<Rules>> {
  const parsed = parse(rules, input);
  if (parsed.success) {
    const problems = await compare(parsed.data);
    if (problems.length === 0) return parsed.data;
    throw new Rejection(problems);
  }
  const found = await compare(soundFields(rules, input));
  throw new Rejection([...parsed.error.issues.map(problemOf), ...found]);
}

/** The expected failures of a step, to be reported together with those of others. */
export async function problemsOf(step: Promise<unknown>): Promise<readonly Problem[]> {
  try {
    await step;
    return [];
  } catch (error) {
    if (error instanceof Rejection) return error.problems;
    throw error;
  }
}

const parse = <Rules extends z.ZodType>(rules: Rules, input: unknown) =>
  rules.safeParse(input, { reportInput: true, error: messageOf });

function soundFields<Rules extends z.ZodObject>(rules: Rules, input: Readonly<Record<string, unknown>>): Partial<z.output<Rules>> {
  const sound: Record<string, unknown> = {};
  for (const [field, rule] of Object.entries(rules.shape)) {
    const parsed = z.safeParse(rule, input[field]);
    if (parsed.success) sound[field] = parsed.data;
  }
  return sound as Partial<z.output<Rules>>;
}

function problemOf(issue: z.core.$ZodIssue): Problem {
  const message = isMissing(issue) ? missingMessage(issue) : issue.message;
  return { code: codeOf(issue), path: ["input", ...issue.path.map(String)], message };
}

function codeOf(issue: z.core.$ZodIssue): ErrorCode {
  if (isMissing(issue)) return "REQUIRED";
  if (issue.code === "custom") return (issue.params?.["code"] as ErrorCode | undefined) ?? "INVALID";
  if (issue.code === "too_small" || issue.code === "too_big") {
    if (issue.origin !== "string" && issue.origin !== "array") return "OUT_OF_RANGE";
    return issue.code === "too_small" ? "TOO_SHORT" : "TOO_LONG";
  }
  return issue.code === "invalid_format" ? "INVALID_FORMAT" : "INVALID";
}

/** Is there no value where the rules need one? */
const isMissing = (issue: z.core.$ZodIssue): boolean => issue.code !== "custom" && issue.input == null;

/** An absent field can only be added; null comes from a client that wants to empty it. */
const missingMessage = ({ input }: z.core.$ZodIssue): string =>
  input === null ? "This cannot be cleared." : "This must be given.";

const kinds: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

/** What people read where a rule has no message of its own. */
function messageOf(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `This must be ${kinds[issue.expected] ?? "of another kind"}.`;
    case "invalid_value":
      return `This must be ${oneOf(issue.values.map(inGraph))}.`;
    case "too_small":
      return issue.origin === "string" && issue.minimum === 1 ? "This must not be empty." : sizeMessage(issue.origin, "at least", issue.minimum);
    case "too_big":
      return sizeMessage(issue.origin, "at most", issue.maximum);
    case "invalid_format":
      return "This does not have the right form.";
    default:
      return "This is not a value that fits here.";
  }
}

const units: Readonly<Record<string, string>> = { string: "characters", array: "items" };

function sizeMessage(origin: string, bound: "at least" | "at most", size: number | bigint): string {
  const unit = units[origin];
  if (unit === undefined) return `This must be ${bound} ${size}.`;
  const amount = `${bound} ${size} ${size === 1 ? unit.slice(0, -1) : unit}`;
  return bound === "at most" ? `This may have ${amount}.` : `This must have ${amount}.`;
}

/** Words of value sets as enums of the graph write them. */
const inGraph = (value: unknown): string => String(value).toUpperCase();

const oneOf = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;

/** PostgreSQL's text cannot hold the character NUL, nor its jsonb half of a surrogate pair. */
export const storable = (text: string): boolean => !text.includes("\0") && text.isWellFormed();
export const notStorable = "This may not contain the character NUL or half a character.";

/** Text for people: trimmed, not empty, at most `max` characters. */
export const line = (max: number) => z.string().trim().min(1).max(max).refine(storable, notStorable);

/** A field of an update: left alone when absent, cleared when null. */
export const clearable = <Schema extends z.ZodType>(rules: Schema) => rules.nullable().optional();

/** A whole number; both bounds are allowed. */
export const whole = (min: number, max: number) => {
  const message = `This must be a whole number from ${min} to ${max}.`;
  return z.int(message).min(min, message).max(max, message);
};

/** An http or https address of at most 2,000 characters: a link must not smuggle a script into a page. */
export const webAddress = z.url({ protocol: /^https?$/, error: "This must be an http or https address." }).max(2_000);
