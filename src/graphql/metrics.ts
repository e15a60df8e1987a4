import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

/** Names kept as labels; clients choose them, so their number must not grow without end. */
const maxNames = 200;

export interface Metrics {
  /** Counts one operation that was answered; `seconds` from its arrival to its answer. */
  operation(labels: { name: string | null | undefined; type: string; transport: "http" | "websocket"; failed: boolean }, seconds: number): void;
  readonly sockets: Gauge;
  readonly subscriptions: Gauge;
  readonly events: Counter;
  /** The text that Prometheus reads, with its content type. */
  render(): Promise<{ type: string; text: string }>;
}

/** Metrics of one server. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: "graphql_operation_duration_seconds",
    help: "Time from the arrival of an operation to its answer.",
    labelNames: ["operation", "type", "transport", "outcome"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const names = new Set<string>();
  const bounded = (name: string | null | undefined): string => {
    if (!name) return "(anonymous)";
    if (names.size < maxNames) names.add(name);
    return names.has(name) ? name : "(other)";
  };
  return {
    operation({ name, type, transport, failed }, seconds) {
      durations.observe({ operation: bounded(name), type, transport, outcome: failed ? "error" : "ok" }, seconds);
    },
    sockets: new Gauge({ name: "graphql_sockets", help: "Open WebSockets.", registers }),
    subscriptions: new Gauge({ name: "graphql_subscriptions", help: "Subscriptions under way.", registers }),
    events: new Counter({ name: "graphql_events_total", help: "Events sent to subscribers.", registers }),
    render: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  };
}
