import type { FastifyBaseLogger } from "fastify";
import type { Authenticator } from "../auth/authenticate.js";
import type { Viewer } from "../auth/viewer.js";
import type { Config } from "../config.js";
import { closeCodes } from "./close-codes.js";
import { Unauthenticated } from "./errors.js";
import type { Metrics } from "./metrics.js";
import { reasonOf } from "./observer.js";
import { createPulse } from "./pulse.js";
import type { Line } from "./socket-line.js";

/** Who is behind a socket. */
export class Session {
  constructor(
    readonly viewer: Viewer,
    private readonly line: Line,
    private readonly authenticator: Authenticator,
  ) {}

  /** Has the time of the token passed? The account may have been closed before. */
  hasEnded(): boolean {
    const { expiresAt } = this.viewer;
    return expiresAt !== null && expiresAt * 1000 <= Date.now();
  }

  /** Closes the socket with 4403 when the viewer's token, account or role no longer holds. */
  async isStillValid(): Promise<boolean> {
    const valid = await this.authenticator.isStillValid(this.viewer);
    if (!valid) this.refuse();
    return valid;
  }

  refuse(): void {
    this.line.close(closeCodes.forbidden, "The sign-in no longer holds");
  }
}

/** Counts and ends the sockets of this process. */
export function createSessions({ maxSockets }: Pick<Config, "maxSockets">, authenticator: Authenticator, metrics: Pick<Metrics, "sockets">) {
  const perAddress = new Map<string, number>();
  const perUser = new Map<string, number>();
  const pulse = createPulse<Line>();
  let all = 0;

  return {
    isFull: () => all >= maxSockets.process,
    isFullFor: (address: string) => (perAddress.get(address) ?? 0) >= maxSockets.address,

    of({ session }: Line): Session {
      if (!session) throw new Error("The socket was not acknowledged");
      return session;
    },

    /** Counts a socket from its handshake until the answered function is called. */
    enter(line: Line, address: string): () => void {
      all++;
      metrics.sockets.set(all);
      add(perAddress, address, 1);
      const stopPulse = pulse.add(line);
      return () => {
        all--;
        metrics.sockets.set(all);
        add(perAddress, address, -1);
        stopPulse();
        const id = line.session?.viewer.id;
        if (id) add(perUser, id, -1);
      };
    },

    /** Signs the socket in by its connectionParams `{authorization: "Bearer …"}`; false refuses it with 4403 unless it is closed already. */
    async open(line: Line, params: Record<string, unknown> | undefined, log: FastifyBaseLogger): Promise<boolean> {
      const given = params?.["authorization"] ?? params?.["Authorization"] ?? undefined;
      if (given !== undefined && typeof given !== "string") return false;
      const { socket } = line;
      let viewer: Viewer;
      try {
        viewer = await authenticator.authenticate(given, line.origin);
      } catch (error) {
        // A refusal tells clients to give up; while the database is away nobody has refused anything.
        if (!(error instanceof Unauthenticated)) {
          log.error({ requestId: line.requestId, ...reasonOf(error) }, "a socket's viewer could not be looked up");
          line.close(closeCodes.tryAgainLater, "The sign-in cannot be checked at the moment");
        }
        return false;
      }
      if (socket.readyState !== socket.OPEN) return false;
      const { id, expiresAt } = viewer;
      if (id !== null && (perUser.get(id) ?? 0) >= maxSockets.user) {
        line.close(closeCodes.tooMany, "Too many sockets of this user");
        return false;
      }
      line.session = new Session(viewer, line, authenticator);
      if (id !== null) add(perUser, id, 1);
      if (expiresAt !== null) pulse.endAt(line, expiresAt);
      return true;
    },
  };
}

function add(counts: Map<string, number>, key: string, change: 1 | -1): void {
  const count = (counts.get(key) ?? 0) + change;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
}
