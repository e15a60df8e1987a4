import { GraphQLError } from "graphql";

/** Codes of expected failures; payloads carry them in `errors`, root fields in `extensions.code`. */
export const errorCodes = {
  REQUIRED: "A value is missing.",
  INVALID: "The value breaks a rule that the message names.",
  INVALID_FORMAT: "The value does not have the form that the field asks for.",
  INVALID_ID: "The id is not a global id, or is one of another type.",
  OUT_OF_RANGE: "The number or date lies outside the allowed range.",
  TOO_SHORT: "The text or list is too short.",
  TOO_LONG: "The text or list is too long.",
  NOT_FOUND: "There is no such thing, or it is not visible to the viewer.",
  TAKEN: "Somebody already uses this value.",
  CONFLICT: "The present state does not allow this.",
  KEY_REUSED: "The idempotency key was used before with another input.",
  INVALID_CREDENTIALS: "The account, the password or the token is not right.",
  RATE_LIMITED: "Too many attempts; try again later.",
  INSUFFICIENT_POINTS: "The balance of points is below the price.",
  TOO_LATE: "The event is older than the time in which it still counts.",
  UNSUPPORTED: "The file is not of a kind that is taken; its content decides, not its name.",
  TOO_LARGE: "The file is larger than the service takes.",
  LIMIT_REACHED: "As many as are allowed are there already.",
  PREREQUISITE_UNMET: "A prerequisite has not been completed.",
  CURSOR_MISMATCH: "The cursor belongs to another order.",
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** One expected failure: what, where in the input, and a sentence for people. */
export interface Problem {
  code: ErrorCode;
  /** Path into the arguments, such as `["input", "email"]`. */
  path: string[];
  message: string;
}

/** Expected failures of one operation, all together. Mutations answer with them in `errors`. */
export class Rejection extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map((problem) => problem.message).join(" "));
    this.name = "Rejection";
  }
}

/** A rejection with a single problem at a path below `input`. */
export const reject = (code: ErrorCode, field: string | string[], message: string): Rejection =>
  new Rejection([{ code, path: ["input", ...[field].flat()], message }]);

/** There is no such row, or the viewer may not know of it: both read alike. */
export const missing = (field: string | string[], what: string): Rejection =>
  reject("NOT_FOUND", field, `There is no such ${what}.`);

export class Unauthenticated extends GraphQLError {
  constructor(message = "Sign in to do this.", http?: { status: number }) {
    super(message, { extensions: { code: "UNAUTHENTICATED", ...(http && { http }) } });
  }
}

/** Something that the answer needs cannot be reached for the moment. */
export class Unavailable extends GraphQLError {
  constructor(message: string) {
    super(message, { extensions: { code: "UNAVAILABLE", http: { status: 503 } } });
  }
}

export class Forbidden extends GraphQLError {
  constructor() {
    super("The viewer's role does not allow this.", { extensions: { code: "FORBIDDEN" } });
  }
}

/** A bad argument outside a mutation's input, such as a page size. */
export class BadInput extends GraphQLError {
  constructor(field: string, message: string, code = "BAD_USER_INPUT") {
    super(message, { extensions: { code, field } });
  }
}
