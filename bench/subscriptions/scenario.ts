/** What the subscribers ask for. Half of them send exactly this; the other half their own variables. */

export const jobProgress = `subscription JobProgress($id: ID!, $after: BigInt) {
  jobUpdated(id: $id, after: $after) {
    kind seq
    job { id jobId jobType status progress message attempts startedAt createdAt updatedAt }
  }
}`;

const flags = Array.from({ length: 14 }, (_, bit) => `f${bit}`);

/** The same update, each subscriber with its own choice of fields: 14 switches make 16,384 different selections. */
export const chosenFields = `subscription ChosenFields($id: ID!, ${flags.map((flag) => `$${flag}: Boolean!`).join(", ")}) {
  jobUpdated(id: $id) {
    kind seq
    job {
      id jobId jobType status progress message attempts startedAt createdAt updatedAt
      ${flags.map((flag, bit) => `s${bit}: status @include(if: $${flag})`).join(" ")}
    }
  }
}`;

/**
 * How the second half differs from the first.
 * - `resume`: each socket brings its own `after`, as clients do that come back after a deploy or a lost
 *   network, and its own random operation id, as the library graphql-ws makes them. What it is shown is the same.
 * - `selection`: each socket's variables decide what is selected, so that no execution serves two of them.
 */
export type OwnVariables = "resume" | "selection";

/** One `subscribe` message of the protocol, for socket `index` of `count`. */
export function subscribeMessage(index: number, count: number, { id, after, own }: { id: string; after: number; own: OwnVariables }): string {
  if (index < count / 2) return JSON.stringify({ id: "1", type: "subscribe", payload: { query: jobProgress, variables: { id } } });
  const operation = crypto.randomUUID();
  const payload =
    own === "resume"
      ? { query: jobProgress, variables: { id, after: after + index } }
      : { query: chosenFields, variables: { id, ...Object.fromEntries(flags.map((flag, bit) => [flag, ((index >> bit) & 1) === 1])) } };
  return JSON.stringify({ id: operation, type: "subscribe", payload });
}

/** About 510 bytes of payload once it is selected. */
export const jobMessage = "Reading page 117 of 240; the tables of this page are kept as they are, and pictures are left for later.";

/** Milliseconds on a clock that all processes of this machine share. */
export const now = (): number => Number(process.hrtime.bigint()) / 1e6;
