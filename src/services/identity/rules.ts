import { z } from "zod";
import { passwordProblem } from "../../auth/passwords.js";
import { line } from "../input.js";

/** An address that browsers and the graph's EmailAddress accept alike. */
export const email = z
  .string()
  .trim()
  .max(254, "An e-mail address has at most 254 characters.")
  .regex(z.regexes.html5Email, "This is not an e-mail address.")
  .pipe(z.email("This is not an e-mail address."));

/** Never holds an `@`, so that it cannot be taken for an e-mail address. */
export const username = z
  .string()
  .trim()
  .min(3, "A username has at least 3 characters.")
  .max(50, "A username has at most 50 characters.")
  .regex(/^[a-z0-9][a-z0-9._-]*$/i, "A username holds letters, digits, dots, hyphens and underscores, and begins with a letter or digit.");

export const fullName = line(200);
export const partOfName = line(100);

export const language = z
  .string()
  .trim()
  .max(35, "A language tag has at most 35 characters.")
  .regex(/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i, "This is not a language tag such as en or hi.");

/** Hours that a learner can give in a week; fractions are allowed. */
export const hoursAWeek = z.number().min(0, "A week has 0 to 168 hours.").max(168, "A week has 0 to 168 hours.");

/** A password as it was typed; nothing about it is told before it is compared. */
export const givenPassword = z.string().max(1_000, "This is too long for a password.");

/** A password to be; `known` are words that the account shows, such as its e-mail address. */
export const newPassword = (known: readonly (string | null | undefined)[]) =>
  z.string().superRefine((password, context) => {
    const problem = passwordProblem(password, known);
    if (problem) context.addIssue({ code: "custom", params: { code: problem.code }, message: problem.message });
  });
