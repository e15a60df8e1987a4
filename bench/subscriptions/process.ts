import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** A process of the bench, which answers each request of ours with one message. */
export interface Child {
  readonly process: ChildProcess;
  /** Sends `request` and resolves with the next message of the type `answer`. */
  ask<Answer>(request: object, answer: string): Promise<Answer>;
  send(request: object): void;
  /** Resolves with the next message of the type. */
  next<Answer>(type: string): Promise<Answer>;
  stop(): Promise<void>;
}

/**
 * Starts a script beside this one.
 * @throws {Error} from whatever waits for a message when the process ends instead.
 */
export function start(script: string, env: Record<string, string> = {}): Child {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), [], {
    execArgv: ["--import", "tsx", "--expose-gc"],
    env: { ...process.env, ...env },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const waiting = new Map<string, PromiseWithResolvers<never>>();
  child.on("message", (message: { type: string }) => {
    waiting.get(message.type)?.resolve(message as never);
    waiting.delete(message.type);
  });
  child.on("exit", (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`${script} ended with code ${code}`));
  });
  const next = <Answer>(type: string): Promise<Answer> => {
    const answer = Promise.withResolvers<never>();
    waiting.set(type, answer);
    // Whoever waits hears of it; that nobody waits yet is no reason to end without cleaning up.
    answer.promise.catch(() => {});
    return answer.promise;
  };
  return {
    process: child,
    send: (request) => void child.send(request),
    next,
    async ask(request, answer) {
      const arriving = next<never>(answer);
      child.send(request);
      return arriving;
    },
    async stop() {
      if (child.exitCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** In a child: answers requests by their type. */
export function answer(handlers: Record<string, (request: never) => unknown>): void {
  process.on("disconnect", () => process.exit());
  process.on("message", (message: { type: string }) => {
    void (async () => {
      const answered = await handlers[message.type]?.(message as never);
      if (answered !== undefined) process.send?.({ type: message.type, ...(answered as object) });
    })().catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
  });
}

/** In a child: CPU so far in milliseconds, and memory in bytes after a collection. */
export const usage = {
  cpu: () => {
    const { user, system } = process.cpuUsage();
    return { milliseconds: (user + system) / 1000 };
  },
  memory: async () => {
    for (let round = 0; round < 4; round++) {
      globalThis.gc?.();
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    const { rss, heapUsed } = process.memoryUsage();
    return { rss, heapUsed };
  },
};
