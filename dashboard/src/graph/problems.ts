/** Something that did not work, in words for people; `path` names the field of the input that it is about. */
export interface Problem {
  code: string;
  message: string;
  path: readonly string[];
}

const words: Record<string, string> = {
  FORBIDDEN: "Your account may not do this.",
  RATE_LIMITED: "That was a lot in one minute. Wait a moment, then try again.",
  TIMEOUT: "This took too long. Try again in a moment.",
  UNAUTHENTICATED: "Your session has ended. Sign in again.",
  UNAVAILABLE: "The server is busy. Try again in a moment.",
  INTERNAL_SERVER_ERROR: "Something went wrong on the server. Try again; if it happens once more, tell whoever runs it.",
};

/** A failure outside a mutation's own errors. */
export const problemOf = (code: string | undefined, message: string): Problem => ({
  code: code ?? "UNKNOWN",
  message: (code && words[code]) ?? message,
  path: [],
});

/** Nothing came back at all. */
export const unreachable: Problem = problemOf("UNREACHABLE", "The server cannot be reached. Is the connection up?");

/** The problems of an input's field; those of no field that the form has are told beside the button. */
export const problemsAt = (problems: readonly Problem[], field: string): readonly Problem[] => problems.filter(({ path }) => path[1] === field);

/** Why a job failed: the code before the colon is for programs, the sentence for people. */
export function failureOf(error: string | null | undefined): Problem {
  const [, code, message] = /^([A-Z][A-Z_]+): (.*)$/s.exec(error ?? "") ?? [];
  return { code: code ?? "UNKNOWN", message: message ?? error ?? "The job ended without success.", path: [] };
}
