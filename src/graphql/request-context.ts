import type { FastifyRequest } from "fastify";
import { GraphQLError } from "graphql";
import { addressOf } from "../auth/network.js";
import { anonymous, type Viewer } from "../auth/viewer.js";
import { createContext, type Context, type Services } from "./context.js";
import { Unauthenticated, Unavailable } from "./errors.js";
import { reasonOf } from "./observer.js";

/**
 * The context of an operation that came over HTTP. A credential that is not taken makes an anonymous viewer
 * with a `refusal`, for the operation may be one that begins a session.
 * @throws {Unavailable} when the viewer cannot be looked up.
 */
export const createRequestContext =
  (services: Services) =>
  async (request: FastifyRequest): Promise<Context> => {
    const { authorization, "user-agent": userAgent = null } = request.headers;
    const origin = { ip: addressOf(request.ip), userAgent };
    let viewer: Viewer;
    let refusal: Unauthenticated | null = null;
    try {
      viewer = await services.authenticator.authenticate(authorization, origin);
    } catch (error) {
      if (!(error instanceof Unauthenticated)) throw unavailable(error, request);
      refusal = error;
      viewer = anonymous(origin);
    }
    const context = createContext(services, viewer, request.id);
    context.refusal = refusal;
    return context;
  };

function unavailable(error: unknown, request: FastifyRequest): GraphQLError {
  if (error instanceof GraphQLError) return error;
  request.log.error({ requestId: request.id, ...reasonOf(error) }, "the viewer could not be looked up");
  return new Unavailable("The sign-in cannot be checked at the moment; try again.");
}
