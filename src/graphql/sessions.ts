import type { WebSocket } from "@fastify/websocket";
import type { FastifyRequest } from "fastify";
import type { Authenticator } from "../auth/authenticate.js";
import { addressOf } from "../auth/network.js";
import type { Viewer } from "../auth/viewer.js";
import type { Config } from "../config.js";
import { Unauthenticated } from "./errors.js";
import type { Metrics } from "./metrics.js";
import { reasonOf } from "./observer.js";
import { closeCodes } from "./websocket.js";

/** How often an idle socket is asked whether its viewer may still be here. */
const recheckMs = 30_000;
const longestTimerMs = 2 ** 31 - 1;

/** Who is behind a socket. */
export interface Session {
  readonly viewer: Viewer;
  /** Closes the socket with 4403 when the viewer's token, account or role no longer holds. */
  isStillValid(): Promise<boolean>;
}

/** Counts and ends the sockets of this process. */
export function createSessions({ maxSockets }: Pick<Config, "maxSockets">, authenticator: Authenticator, metrics: Metrics) {
  const sessions = new WeakMap<WebSocket, Session>();
  const perAddress = new Map<string, number>();
  const perUser = new Map<string, number>();
  let all = 0;

  return {
    isFull: () => all >= maxSockets.process,
    isFullFor: (address: string) => (perAddress.get(address) ?? 0) >= maxSockets.address,

    of(socket: WebSocket): Session {
      const session = sessions.get(socket);
      if (!session) throw new Error("The socket was not acknowledged");
      return session;
    },

    /** Counts a socket from its handshake to its end. */
    enter(socket: WebSocket, address: string): void {
      all++;
      metrics.sockets.set(all);
      add(perAddress, address, 1);
      socket.once("close", () => {
        all--;
        metrics.sockets.set(all);
        add(perAddress, address, -1);
      });
    },

    /** Signs the socket in by its connectionParams `{authorization: "Bearer …"}`; false refuses it with 4403 unless it is closed already. */
    async open(socket: WebSocket, params: Record<string, unknown> | undefined, request: FastifyRequest): Promise<boolean> {
      const given = params?.["authorization"] ?? params?.["Authorization"] ?? undefined;
      if (given !== undefined && typeof given !== "string") return false;
      const { "user-agent": userAgent = null } = request.headers;
      let viewer: Viewer;
      try {
        viewer = await authenticator.authenticate(given, { ip: addressOf(request.ip), userAgent });
      } catch (error) {
        // A refusal tells clients to give up; while the database is away nobody has refused anything.
        if (!(error instanceof Unauthenticated)) {
          request.log.error({ requestId: request.id, ...reasonOf(error) }, "a socket's viewer could not be looked up");
          socket.close(closeCodes.tryAgainLater, "The sign-in cannot be checked at the moment");
        }
        return false;
      }
      if (socket.readyState !== socket.OPEN) return false;
      if (viewer.id !== null && (perUser.get(viewer.id) ?? 0) >= maxSockets.user) {
        socket.close(closeCodes.tooMany, "Too many sockets of this user");
        return false;
      }
      sessions.set(socket, follow(socket, viewer));
      return true;
    },
  };

  /** Ends the socket when its token ends, or soon after its account or role changes. */
  function follow(socket: WebSocket, viewer: Viewer): Session {
    const isStillValid = async (): Promise<boolean> => {
      const valid = await authenticator.isStillValid(viewer);
      if (!valid) socket.close(closeCodes.forbidden, "The sign-in no longer holds");
      return valid;
    };
    const { id, expiresAt } = viewer;
    if (id === null) return { viewer, isStillValid: async () => true };
    add(perUser, id, 1);
    const recheck = setInterval(() => void isStillValid().catch(() => {}), recheckMs);
    const expiry =
      expiresAt === null
        ? undefined
        : setTimeout(
            () => socket.close(closeCodes.forbidden, "The access token has ended"),
            Math.min(Math.max(expiresAt * 1000 - Date.now(), 0), longestTimerMs),
          );
    socket.once("close", () => {
      add(perUser, id, -1);
      clearInterval(recheck);
      clearTimeout(expiry);
    });
    return { viewer, isStillValid };
  }
}

function add(counts: Map<string, number>, key: string, change: 1 | -1): void {
  const count = (counts.get(key) ?? 0) + change;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
}
