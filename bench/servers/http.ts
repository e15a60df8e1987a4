import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import { jwtSecret } from "../settings.js";

/** What a request to a hand-written server asks: the name of a query and its plain values. */
export interface Asked {
  operationName: string;
  variables: Record<string, unknown>;
  /** Key of the user whose token came with it; null without a token. */
  userId: string | null;
}

/** Serves JSON over bare node:http; `answer` gives the text of `data`. Listens on PORT. */
export function serve(answer: (asked: Asked) => Promise<string>): void {
  const server = createServer((request, response) => {
    const send = (status: number, text: string) => {
      response.writeHead(status, { "content-type": "application/json; charset=utf-8", "content-length": Buffer.byteLength(text) });
      response.end(text);
    };
    read(request)
      .then(async (body) => {
        const { operationName, variables } = JSON.parse(body) as Asked;
        const { authorization } = request.headers;
        const userId = authorization ? bearerOf(authorization) : null;
        send(200, `{"data":${await answer({ operationName, variables, userId })}}`);
      })
      .catch((error: unknown) => send(500, JSON.stringify({ errors: [{ message: String(error) }] })));
  });
  server.listen(Number(process.env["PORT"]), "127.0.0.1");
}

function read(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => (body += chunk));
    request.on("end", () => resolve(body));
    request.on("error", reject);
  });
}

/**
 * The user of a valid token: signature and expiry are checked, as the product does. Whether the account is
 * still open is not asked: the product believes its database for 20 s, which is next to nothing here.
 */
export function bearerOf(authorization: string): string {
  const [head = "", claims = "", signature = ""] = authorization.slice("Bearer ".length).split(".");
  const expected = createHmac("sha256", jwtSecret).update(`${head}.${claims}`).digest();
  const given = Buffer.from(signature, "base64url");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new Error("The token is not valid");
  const { sub, exp } = JSON.parse(Buffer.from(claims, "base64url").toString("utf8")) as { sub: string; exp: number };
  if (exp * 1000 < Date.now()) throw new Error("The token has ended");
  return sub;
}
