import { createSourceEventStream, type ExecutionArgs, type ExecutionResult } from "graphql";

type Results = AsyncGenerator<ExecutionResult, void, void>;

/** What each event of a subscription is executed with. */
interface PerEvent {
  /** False ends the subscription before the event is shown. */
  mayContinue: () => Promise<boolean>;
  /** Runs the operation for one event, in a new context: loaders read what is true now. */
  execute: (event: unknown) => ExecutionResult | Promise<ExecutionResult>;
  /** Added to the first answer. */
  extensions: Record<string, unknown> | undefined;
  /** Called once, when the last event has passed. */
  onEnd: () => void;
}

/**
 * `subscribe` of graphql-js with a context of its own for each event; there, all events share the
 * one that the subscription began with, and loaders would answer from their cache for hours.
 */
export async function subscribeFresh(args: ExecutionArgs, { mayContinue, execute, extensions, onEnd }: PerEvent): Promise<Results | ExecutionResult> {
  const source = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in source)) return source;
  const events = source[Symbol.asyncIterator]();
  let first = extensions;
  let ended = false;
  const end = (): IteratorResult<ExecutionResult, void> => {
    if (!ended) onEnd();
    ended = true;
    return { done: true, value: undefined };
  };
  const finish = async () => {
    await events.return?.();
    return end();
  };
  const results: Results = {
    async next() {
      const event = await events.next().catch((error: unknown) => {
        end();
        throw error;
      });
      if (event.done) return end();
      let result: ExecutionResult;
      try {
        if (!(await mayContinue())) return await finish();
        result = await execute(event.value);
      } catch (error) {
        // Whoever loops over the results does not end them after an error; the source would stay open for ever.
        await finish();
        throw error;
      }
      const value = first ? { ...result, extensions: first } : result;
      first = undefined;
      return { done: false, value };
    },
    return: finish,
    async throw(error: unknown) {
      await finish();
      throw error;
    },
    [Symbol.asyncIterator]: () => results,
    async [Symbol.asyncDispose]() {
      await finish();
    },
  };
  return results;
}
