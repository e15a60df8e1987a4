import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { AISDKError, APICallError, generateText, InvalidArgumentError, InvalidPromptError, NoObjectGeneratedError, NoOutputGeneratedError, Output, RetryError, type LanguageModelUsage, type ModelMessage } from "ai";
import { z } from "zod";
import type { ModelConfig } from "../../config.js";
import type { TokenUse } from "../writer.js";
import { ModelFailure } from "./failure.js";

export interface Question<Shape extends z.ZodType, Rules extends z.ZodType> {
  /** Name of the answer's schema, such as `course_plan`. */
  name: string;
  system: string;
  prompt: string;
  /** The answer's form without bounds: servers differ in which of them their schemas know. */
  shape: Shape;
  /** What the answer must keep to besides; it may clean it. */
  rules: Rules;
  signal: AbortSignal;
}

/** Asks one language model for answers of a given form. */
export interface ModelClient {
  readonly model: string;
  readonly used: TokenUse;
  /**
   * Asks at most twice: an answer that breaks the rules is sent back once with what is wrong.
   * @throws {ModelFailure} when the model is away, refuses, or answers twice in a form that is of no use.
   */
  ask<Shape extends z.ZodType, Rules extends z.ZodType>(question: Question<Shape, Rules>): Promise<z.output<Rules>>;
}

export interface ClientTuning {
  /** Longest wait for one answer, repeated requests included, in milliseconds. */
  timeoutMs?: number;
}

const longestWaitMs = 180_000;
/** Requests after the first that a busy or broken server gets, waiting longer each time, or as it asks. */
const maxRetries = 3;
/** Characters of the reason that is logged. */
const longestReason = 500;
/** Characters of a bad answer, and of what is wrong with it, that are sent back. */
const sentBack = { answer: 8_000, problem: 2_000 };

/** A client of a server that speaks the OpenAI protocol with schemas for its answers. */
export function createModelClient({ baseUrl, apiKey, model }: ModelConfig, { timeoutMs = longestWaitMs }: ClientTuning = {}): ModelClient {
  const provider = createOpenAICompatible({ name: "model", baseURL: baseUrl, supportsStructuredOutputs: true, ...(apiKey !== undefined && { apiKey }) });
  const used: TokenUse = { inputTokens: 0, outputTokens: 0 };
  const count = (usage: LanguageModelUsage | undefined): void => {
    used.inputTokens += usage?.inputTokens ?? 0;
    used.outputTokens += usage?.outputTokens ?? 0;
  };

  /** One answer; null with its text and what is wrong when it does not have the form. */
  const answerTo = async <Shape extends z.ZodType>(question: Question<Shape, z.ZodType>, messages: ModelMessage[]) => {
    const output = Output.object({ schema: question.shape, name: question.name });
    const abortSignal = AbortSignal.any([question.signal, AbortSignal.timeout(timeoutMs)]);
    try {
      const result = await generateText({ model: provider(model), system: question.system, messages, output, maxRetries, abortSignal });
      count(result.usage);
      return { text: result.text, value: unlessCut(() => result.output) };
    } catch (error) {
      if (NoObjectGeneratedError.isInstance(error)) {
        count(error.usage);
        return { text: error.text ?? "", value: undefined };
      }
      throw question.signal.aborted ? question.signal.reason : failureOf(error, apiKey);
    }
  };

  return {
    model,
    used,
    ask: async (question) => {
      const asked: ModelMessage[] = [{ role: "user", content: question.prompt }];
      const first = await answerTo(question, asked);
      const taken = question.rules.safeParse(first.value);
      if (taken.success) return taken.data;
      const problem = first.value === undefined ? "It is not JSON of the form that was asked for." : z.prettifyError(taken.error);
      const again = `That answer cannot be used:\n${problem.slice(0, sentBack.problem)}\nAnswer again, completely and in the form that was asked for.`;
      const second = await answerTo(question, [
        ...asked,
        { role: "assistant", content: first.text.slice(0, sentBack.answer) || "(nothing)" },
        { role: "user", content: again },
      ]);
      const mended = question.rules.safeParse(second.value);
      if (!mended.success) throw new ModelFailure("MODEL_INVALID", { cause: mended.error });
      return mended.data;
    },
  };
}

/** An answer that was cut off at the model's limit has no object. */
function unlessCut<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (NoOutputGeneratedError.isInstance(error) || NoObjectGeneratedError.isInstance(error)) return undefined;
    throw error;
  }
}

/**
 * A 4xx other than "too many" is for the operator; all else of the server, silence included, may pass. What is no error
 * of the protocol is a fault of ours and stays as it is. The cause says why in one line: requests and headers are not
 * for logs, and the key is cut out.
 */
function failureOf(error: unknown, apiKey: string | undefined): unknown {
  const cause = RetryError.isInstance(error) ? error.lastError : error;
  const status = APICallError.isInstance(cause) ? cause.statusCode : undefined;
  const message = cause instanceof Error ? cause.message : String(cause);
  const tellsKey = apiKey !== undefined && message.includes(apiKey);
  if (!isOfServer(cause) && !tellsKey) return cause;
  const refused = tellsKey || (status !== undefined && status >= 400 && status < 500 && status !== 408 && status !== 429);
  const reason = `${status === undefined ? "" : `${status} `}${tellsKey ? message.replaceAll(apiKey, "[key]") : message}`.slice(0, longestReason);
  return new ModelFailure(refused ? "MODEL_REFUSED" : "MODEL_UNAVAILABLE", { cause: new Error(reason) });
}

/** Errors of the library about what the server did, and those of a wait that took too long. */
const isOfServer = (error: unknown): boolean =>
  AISDKError.isInstance(error)
    ? !InvalidArgumentError.isInstance(error) && !InvalidPromptError.isInstance(error)
    : error instanceof Error && (error.name === "TimeoutError" || error.name === "AbortError");
