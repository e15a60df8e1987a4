import { cacheExchange, Client, fetchExchange, type CombinedError } from "@urql/core";
import { createContext } from "preact";
import { useContext, useEffect, useRef, useState } from "preact/hooks";
import type { Document } from "./documents.js";
import { Live, type Update } from "./live.js";
import { problemOf, unreachable, type Problem } from "./problems.js";
import type { Session } from "./session.js";

interface Payload {
  errors: readonly Problem[];
}

/** A mutation's answer: what is wrong, or the payload. */
export type Sent<Result> = { problems: readonly Problem[]; payload?: undefined } | { problems: readonly []; payload: Result };

/** The graph as the signed-in person sees it. */
export interface Graph {
  session: Session;
  client: Client;
  live: Live;
  /** Sends a mutation; the document has one field. Queries that show what it changed are asked again by themselves. */
  send: <Data extends Record<string, unknown>, Variables extends object>(
    document: Document<Data, Variables>,
    variables: Variables,
  ) => Promise<Sent<NonNullable<Data[keyof Data]>>>;
}

export function createGraph(session: Session): Graph {
  const client = new Client({
    url: "/graphql",
    exchanges: [cacheExchange, fetchExchange],
    preferGetMethod: false,
    fetch: async (input, init) => {
      const attempt = async () => {
        const headers = new Headers(init?.headers);
        headers.set("authorization", `Bearer ${await session.token()}`);
        return fetch(input, { ...init, headers });
      };
      const response = await attempt();
      if (response.status !== 401) return response;
      await session.refresh();
      return attempt();
    },
  });
  return {
    session,
    client,
    live: new Live(session),
    async send({ text }, variables) {
      const { data, error } = await client.mutation<Record<string, Payload | null>>(text, variables).toPromise();
      const payload = data && Object.values(data)[0];
      if (payload?.errors.length) return { problems: payload.errors };
      if (error || !payload) return { problems: [told(error)] };
      return { problems: [], payload: payload as never };
    },
  };
}

function told(error: CombinedError | undefined): Problem {
  const [first] = error?.graphQLErrors ?? [];
  return first ? problemOf(first.extensions["code"] as string | undefined, first.message) : unreachable;
}

const GraphContext = createContext<Graph | undefined>(undefined);
export const GraphProvider = GraphContext.Provider;

/** @throws {Error} outside of a signed-in page. */
export function useGraph(): Graph {
  const graph = useContext(GraphContext);
  if (!graph) throw new Error("Only signed-in pages have the graph");
  return graph;
}

export interface Asked<Data> {
  data: Data | undefined;
  problem: Problem | undefined;
  /** Asks again, past what is kept. */
  reload: () => void;
}

/** A query's answer; kept up to date after mutations that touch the same types. Nothing is asked while `variables` is undefined. */
export function useQuery<Data, Variables extends object>({ text }: Document<Data, Variables>, variables: Variables | undefined): Asked<Data> {
  const { client } = useGraph();
  const key = JSON.stringify(variables);
  const [answer, setAnswer] = useState<{ key: string | undefined; data?: Data | undefined; problem?: Problem | undefined }>({ key });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (variables === undefined) return undefined;
    const source = client.query<Data>(text, variables, { requestPolicy: turn === 0 ? "cache-and-network" : "network-only" });
    const watching = source.subscribe(({ data, error }) => setAnswer({ key, data, problem: error && told(error) }));
    return () => watching.unsubscribe();
  }, [client, text, key, turn]);
  const current = answer.key === key ? answer : undefined;
  return { data: current?.data, problem: current?.problem, reload: () => setTurn((before) => before + 1) };
}

/** Watches a subscription while the component is shown. */
export function useLive<Data extends Record<string, Update>, Variables>(
  document: Document<Data, Variables>,
  variables: Omit<Variables, "after">,
  show: (update: Data[keyof Data]) => void,
): void {
  const { live } = useGraph();
  const latest = useRef(show);
  latest.current = show;
  const key = JSON.stringify(variables);
  useEffect(() => live.watch(document, variables, (update) => latest.current(update)), [live, document, key]);
}
