import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface ChatRequest {
  model: string;
  messages: { role: string; content: string }[];
  response_format?: { type: string; json_schema: { name: string; schema: object } };
}

export interface Asked {
  body: ChatRequest;
  headers: IncomingHttpHeaders;
  /** The schema that is asked for: `course_plan`, `course_week` or `course_quiz`. */
  name: string;
  /** How often that schema was asked for before. */
  nth: number;
  /** The client went away without waiting for the answer. */
  gone: Promise<void>;
}

/** What is sent back: an object as the model's JSON, a text as it is, or an error of the server. */
export type Reply = object | string | { status: number; headers?: Record<string, string>; message?: string };

export interface ModelServer {
  url: string;
  asked: Asked[];
  /** What it answers, for the test at hand; the good answers unless changed. */
  answer: (request: Asked) => Reply | Promise<Reply>;
  close(): Promise<void>;
}

/** A server that speaks the chat-completions protocol, as language models do. */
export async function startModelServer(): Promise<ModelServer> {
  const asked: Asked[] = [];
  const model: ModelServer = { url: "", asked, answer: goodAnswer, close: async () => {} };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(chunks).toString("utf8")) as ChatRequest;
      const name = body.response_format?.json_schema.name ?? "";
      const gone = Promise.withResolvers<void>();
      response.on("close", () => !response.writableEnded && gone.resolve());
      const question = { body, headers: request.headers, name, nth: asked.filter((other) => other.name === name).length, gone: gone.promise };
      asked.push(question);
      void Promise.resolve(model.answer(question)).then((reply) => send(response, body.model, reply));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  model.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  model.close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return model;
}

function send(response: ServerResponse, model: string, reply: Reply): void {
  if (typeof reply === "object" && "status" in reply) {
    response.writeHead(reply.status as number, { "content-type": "application/json", ...(reply as { headers?: Record<string, string> }).headers });
    response.end(JSON.stringify({ error: { message: (reply as { message?: string }).message ?? "Something is wrong.", type: "server_error" } }));
    return;
  }
  const content = typeof reply === "string" ? reply : JSON.stringify(reply);
  const choices = [{ index: 0, finish_reason: "stop", message: { role: "assistant", content } }];
  const usage = { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 };
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ id: "chat", object: "chat.completion", created: 1, model, choices, usage }));
}

const passagesIn = ({ body }: Asked): number[] =>
  [...(body.messages.find(({ role }) => role === "user")?.content ?? "").matchAll(/<passage number="(\d+)"/g)].map(([, number]) => Number(number));

/** What a good model would say: a week for each passage, a topic of it, a question on it. */
export function goodAnswer(request: Asked): Reply {
  const numbers = passagesIn(request);
  if (request.name === "course_plan") {
    const modules = numbers.map((number) => ({ title: `Week on ${number}`, topics: [{ title: `Topic on ${number}`, passages: [{ from: number, to: number }] }] }));
    return { title: "Sun and power", description: "On light.", keywords: ["sun"], skills: [1], modules };
  }
  if (request.name === "course_week") {
    return { description: "What it is about.", learningObjectives: ["Know it"], topics: [{ content: "Light becomes power.", estimatedMinutes: 4.6 }] };
  }
  const question = {
    questionText: "What becomes power?", options: { A: "Light", B: "Sound", C: "Sand", D: "Salt" }, correctAnswer: "A",
    explanation: "The text says so.", difficulty: "easy", passage: numbers[0] ?? 0, skill: 1,
  };
  return { questions: [question] };
}
