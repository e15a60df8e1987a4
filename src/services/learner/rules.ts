import { z } from "zod";
import type { ErrorCode } from "../../graphql/errors.js";
import { email } from "../identity/rules.js";
import { line } from "../input.js";
import { phoneNumber } from "../phone.js";

/** An e-mail address, or a phone number as `phoneNumber` reads it. */
export const contact = z.string().transform((text, context) => {
  const value = text.includes("@") ? email.safeParse(text).data : phoneNumber(text);
  if (value) return value;
  context.addIssue({
    code: "custom",
    params: { code: "INVALID_FORMAT" },
    message: "This is neither an e-mail address nor a phone number.",
  });
  return z.NEVER;
});

/** Names are compared without regard to case and to the number of blanks between words. */
export const nameOf = (max: number) => line(max).transform((text) => text.replace(/\s+/g, " "));

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** A list of at most 50 short texts; of texts that differ in case alone the first stays. */
export const texts = (max: number) =>
  z
    .array(nameOf(max))
    .max(50)
    .transform((items) => items.filter((item, at) => items.findIndex((other) => sameName(other, item)) === at));

/** A number for a numeric column, which travels as text. */
export const decimal = (min: number, max: number) =>
  z.coerce
    .number()
    .min(min, `This must lie between ${min} and ${max}.`)
    .max(max, `This must lie between ${min} and ${max}.`)
    .transform(String);

/** Today in UTC, `YYYY-MM-DD`. */
const today = (): string => new Date().toISOString().slice(0, 10);

/** A day up to today; one day of grace, because the east is ahead of UTC. */
export const pastDay = z.string().refine((day) => day <= dayAfter(today()), {
  message: "This must not lie in the future.",
  params: { code: "OUT_OF_RANGE" },
});

function dayAfter(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}

/** A field of an update that may be absent but not cleared. */
export const notClearable = <Schema extends z.ZodType>(rules: Schema) =>
  rules
    .nullable()
    .optional()
    .transform((value, context) => {
      if (value !== null) return value;
      context.addIssue({ code: "custom", params: { code: "REQUIRED" }, message: "This cannot be cleared." });
      return z.NEVER;
    });

/** A field without which an input is not complete: REQUIRED when absent or null. */
export const required = <Schema extends z.ZodType>(rules: Schema) =>
  rules.nullish().transform((value, context) => {
    if (value !== null && value !== undefined) return value;
    context.addIssue({ code: "custom", params: { code: "REQUIRED" }, message: "This must be given." });
    return z.NEVER;
  });

/**
 * What a rule between fields answers when it is broken. Such rules are checked even when single fields
 * are wrong, so that all failures are reported together; they must bear values of any kind.
 */
export const broken = (code: ErrorCode, field: string, message: string) => ({
  path: [field],
  params: { code },
  message,
  when: () => true,
});
