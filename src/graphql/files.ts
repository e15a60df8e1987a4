import { once } from "node:events";
import type { Server } from "node:http";
import type { Duplex } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { storedFile, beginReceiving, receive } from "../services/uploads/receive.js";
import type { SourceFileRow } from "../services/uploads/rows.js";
import { linkPaths } from "../storage/links.js";
import { uploadKey } from "../storage/open.js";
import { readContent, TransferFailure, type TransferProblem, type TransferTiming } from "../storage/transfer.js";
import type { Services } from "./context.js";
import { reasonOf } from "./observer.js";
import { fail, unavailable } from "./security.js";

/** 50 MB in an hour is a line of 0.1 Mbit/s; whoever sends nothing for half a minute has gone. */
const standardTiming: TransferTiming = { idle: 30_000, longest: 3_600_000 };
/** Documents that this process receives at once; each holds a connection and a file open. */
const maxReceiving = 100;
/** For a refused sender to read the answer: most only look when they have sent what they had. */
const lingerMs = 5_000;

const problems: Record<TransferProblem, { status: number; code: string; message: string }> = {
  too_large: { status: 413, code: "PAYLOAD_TOO_LARGE", message: "The content has more bytes than were announced." },
  incomplete: { status: 400, code: "BAD_REQUEST", message: "The content has fewer bytes than were announced." },
  wrong_content: { status: 400, code: "BAD_REQUEST", message: "The content does not have the checksum that was announced." },
  interrupted: { status: 400, code: "BAD_REQUEST", message: "The content did not arrive whole." },
  slow: { status: 408, code: "TIMEOUT", message: "The content took too long to arrive; send it again." },
  full: { status: 507, code: "INSUFFICIENT_STORAGE", message: "There is no room for the content at the moment; try again later." },
  unavailable: { status: 503, code: "UNAVAILABLE", message: "The storage of documents does not answer at the moment; try again." },
};

const contentTypes: Record<NonNullable<SourceFileRow["fileType"]>, string> = {
  pdf: "application/pdf",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  txt: "text/plain; charset=utf-8",
  md: "text/markdown; charset=utf-8",
};

type Files = Pick<Services, "db" | "storage" | "uploads">;
type Linked = FastifyRequest<{ Params: { "*": string } }>;

/** `PUT /uploads/<token>` takes the content of a staged document, `GET /files/<token>` gives that of a stored one. */
export async function registerFiles(server: FastifyInstance, files: Files, timing: TransferTiming = standardTiming): Promise<void> {
  const receiving = exemptedSockets(server.server);
  await server.register(async (routes) => {
    // Whatever the sender says that it is: it is not read here, only passed on.
    routes.removeAllContentTypeParsers();
    routes.addContentTypeParser("*", (_request, _content, done) => done(null));
    let underWay = 0;
    routes.put(`${linkPaths.upload}*`, async (request: Linked, reply) => {
      if (underWay >= maxReceiving) return unavailable(lingering(request, reply));
      const { socket } = request.raw;
      underWay++;
      receiving.add(socket);
      try {
        return await takeContent(files, request, reply, timing);
      } finally {
        underWay--;
        receiving.delete(socket);
      }
    });
  });
  server.head(`${linkPaths.download}*`, async (request: Linked, reply) => {
    const file = await linkedFile(files, request);
    return file ? describe(reply, file).send() : badLink(reply);
  });
  server.get(`${linkPaths.download}*`, { exposeHeadRoute: false }, async (request: Linked, reply) => {
    const file = await linkedFile(files, request);
    if (!file) return badLink(reply);
    try {
      const content = await readContent(files.storage, uploadKey(file.id));
      await once(content, "readable");
      // A receiver that stopped reading would hold the file open.
      reply.raw.setTimeout(timing.idle);
      return await describe(reply, file).send(content);
    } catch (error) {
      request.log.error({ requestId: request.id, file: file.id, ...reasonOf(error) }, "a stored document cannot be read");
      return tell(reply, "unavailable");
    }
  });
}

async function takeContent(files: Files, request: Linked, reply: FastifyReply, timing: TransferTiming): Promise<FastifyReply> {
  const refuse = (problem: TransferProblem) => tell(lingering(request, reply), problem);
  const id = await files.uploads.links.fileOf("upload", request.params["*"]);
  const awaited = id === null ? "gone" : await beginReceiving(files.db, id, timing.longest);
  if (id === null || awaited === "gone") return badLink(lingering(request, reply));
  if (awaited === "stored") return storedAlready(lingering(request, reply));
  const announced = Number(request.headers["content-length"] ?? awaited.size);
  if (announced > awaited.size) return refuse("too_large");
  if (announced < awaited.size) return refuse("incomplete");
  try {
    const outcome = await receive(files, id, request.raw, awaited, timing);
    if (outcome === "gone") return badLink(reply);
    return outcome === "stored" ? storedAlready(reply) : reply.code(204).send();
  } catch (error) {
    if (!(error instanceof TransferFailure)) throw error;
    if (error.cause !== undefined) request.log.error({ requestId: request.id, file: id, ...reasonOf(error) }, "a document could not be stored");
    return refuse(error.problem);
  }
}

async function linkedFile({ db, uploads }: Files, request: Linked): Promise<SourceFileRow | undefined> {
  const id = await uploads.links.fileOf("download", request.params["*"]);
  return id === null ? undefined : storedFile(db, id);
}

/** The headers of a document: to be saved under its name, never shown as a page of ours. */
const describe = (reply: FastifyReply, { filename, fileType, fileSizeBytes }: SourceFileRow): FastifyReply =>
  reply.headers({
    "content-type": fileType === null ? "application/octet-stream" : contentTypes[fileType],
    "content-length": fileSizeBytes ?? undefined,
    "content-disposition": attachment(filename),
    "cache-control": "private, no-store",
    "accept-ranges": "none",
  });

/** RFC 6266: the name in UTF-8, and one in ASCII for those who do not read that. */
function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const encoded = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

const tell = (reply: FastifyReply, problem: TransferProblem): FastifyReply => {
  const { status, code, message } = problems[problem];
  return fail(reply, status, code, message);
};

/** The same for every link that does not work, so that none can be told from another. */
const badLink = (reply: FastifyReply): FastifyReply => fail(reply, 403, "FORBIDDEN", "This link is not valid, or its time is over.");

const storedAlready = (reply: FastifyReply): FastifyReply => fail(reply, 409, "CONFLICT", "The content of this document is stored already.");

/** Takes what the sender still sends to nowhere, for a moment, and then ends the connection. */
function lingering({ raw }: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (raw.complete || raw.destroyed) return reply;
  const timer = setTimeout(() => raw.socket.destroy(), lingerMs);
  raw.once("close", () => clearTimeout(timer)).resume();
  return reply;
}

/**
 * Connections on which a request may take longer than the server allows to arrive. Node ends requests that have not
 * arrived in time by an error of the connection, for all of them alike; for these it is left unheard, once per request,
 * and their own clock runs instead.
 */
function exemptedSockets(server: Server): WeakSet<Duplex> {
  const exempted = new WeakSet<Duplex>();
  const usual = server.listeners("clientError");
  server.removeAllListeners("clientError");
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (error.code === "ERR_HTTP_REQUEST_TIMEOUT" && exempted.has(socket)) return;
    for (const listener of usual) listener.call(server, error, socket);
  });
  return exempted;
}
