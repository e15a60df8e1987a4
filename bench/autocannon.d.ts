/** The part of autocannon that the load generator uses; its published types are of an older major. */
declare module "autocannon" {
  import type { EventEmitter } from "node:events";

  export interface Request {
    method: string;
    path: string;
    body: string;
    headers: Record<string, string>;
  }

  export interface Client {
    setRequests(requests: Request[]): void;
  }

  export interface Options {
    url: string;
    connections: number;
    /** Seconds. */
    duration: number;
    /** Milliseconds between looks whether the time is over. */
    sampleInt: number;
    setupClient(client: Client): void;
    verifyBody(body: unknown): boolean;
  }

  export interface Result {
    errors: number;
    timeouts: number;
  }

  export default function autocannon(options: Options): EventEmitter & PromiseLike<Result>;
}
