import type { TypedDocumentString } from "../generated/graphql.js";
import type { Answer } from "./app.js";
import { socketClient } from "./socket.js";

/** Who sends an operation: the access token of a sign-in. */
export interface As {
  token: string;
}

/** The updates of a subscription, one at a time. */
export interface Watch<Data> {
  /** Waits for the next update, at most 15 s. */
  next(): Promise<Data>;
  close(): Promise<void>;
}

/** A client as a web or mobile application has it: typed operations over HTTP and graphql-transport-ws. */
export interface Client {
  execute<Data, Variables extends Record<string, unknown>>(document: TypedDocumentString<Data, Variables>, variables: Variables, as?: As): Promise<Answer<Data>>;
  watch<Data, Variables extends Record<string, unknown>>(document: TypedDocumentString<Data, Variables>, variables: Variables, as?: As): Watch<Data>;
}

const longestWaitMs = 15_000;

/** `url` is that of the server, such as `http://127.0.0.1:4000`. */
export const createClient = (url: string): Client => ({
  async execute(document, variables, as) {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(as && { authorization: `Bearer ${as.token}` }) },
      body: JSON.stringify({ query: document.toString(), variables }),
    });
    return { ...((await response.json()) as Answer<never>), status: response.status };
  },
  watch<Data, Variables extends Record<string, unknown>>(document: TypedDocumentString<Data, Variables>, variables: Variables, as?: As): Watch<Data> {
    const { client } = socketClient(url, as?.token);
    const updates = client.iterate<Data>({ query: document.toString(), variables });
    return {
      async next() {
        const late = Promise.withResolvers<never>();
        const timer = setTimeout(() => late.reject(new Error(`No update within ${longestWaitMs} ms`)), longestWaitMs);
        try {
          const { value, done } = await Promise.race([updates.next(), late.promise]);
          if (done) throw new Error("The subscription has ended");
          if (!value.data) throw new Error(`An update without data: ${JSON.stringify(value.errors)}`);
          return value.data;
        } finally {
          clearTimeout(timer);
        }
      },
      close: async () => client.dispose(),
    };
  },
});
