import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import type { Database } from "../../db/client.js";
import { inTransaction } from "../../db/unit-of-work.js";
import type { Problem } from "../../graphql/errors.js";
import { check, whole } from "../input.js";
import type { Instant, LocalDate } from "./calendar.js";
import { isActivity, refusalOf, type StreakEvent } from "./events.js";
import { recordStreakActivity, type Changed } from "./service.js";

const earliest = Date.UTC(2000, 0, 1);
const latest = Date.UTC(2100, 0, 1);

const clock = z
  .string()
  .refine((text) => Date.parse(text) >= earliest && Date.parse(text) < latest, {
    params: { code: "OUT_OF_RANGE" },
    message: "This must lie between 2000 and 2100.",
  });

const rules = z.object({
  clientEventId: z.uuid("This must be a UUID."),
  kind: z.enum(["card_reviewed", "learning_session"]),
  occurredAt: clock,
  sentAt: clock.nullish(),
  seconds: whole(0, 86_400).nullish(),
  interactions: whole(0, 100_000).nullish(),
  minutesSpent: whole(0, 1_440).nullish(),
});

/** What a client reports of learning on a device; `RecordActivityInput` of the graph. */
export type ReportedActivity = z.input<typeof rules>;

/** The day that an activity counts for; null when it counts for none, for which `errors` has the reason if it is TOO_LATE. */
export interface ReportAnswer extends Changed {
  activityDate: LocalDate | null;
  errors: Problem[];
}

/**
 * Keeps an activity that a client reports, perhaps from offline, under the client's own id: the same id
 * again gives the same answer and changes nothing. Clients may report cards reviewed and learning
 * sessions; topics and quizzes count through the services that see them completed. What is older than
 * 72 hours is kept for analytics and answered with TOO_LATE beside the streak (streak rule 9).
 * `now` in ms since 1970; the server's clock when absent.
 * @throws {Rejection} for values outside their ranges; nothing is kept then.
 */
export async function recordActivity(viewer: SignedIn, db: Database, input: ReportedActivity, now?: Instant): Promise<ReportAnswer> {
  const { clientEventId, kind, occurredAt, sentAt, seconds, interactions, minutesSpent } = check(rules, input);
  const activity = {
    userId: viewer.id,
    // Events made on the server have ids of their own form, which no client can take.
    clientEventId: clientEventId.toLowerCase(),
    kind,
    occurredAt,
    sentAt: sentAt ?? null,
    ...(seconds != null && { seconds }),
    ...(interactions != null && { interactions }),
    minutesSpent: minutesSpent ?? Math.floor((seconds ?? 0) / 60),
  };
  const { event, ...answer } = await inTransaction(db, viewer, (work) => recordStreakActivity(work, activity, now));
  return { ...answer, errors: problemsOf(event) };
}

function problemsOf(event: StreakEvent): Problem[] {
  if (!isActivity(event) || refusalOf(event) !== "TOO_LATE") return [];
  const message = "The activity is more than 72 hours old. It is kept, but no longer counts for a day.";
  return [{ code: "TOO_LATE", path: ["input", "occurredAt"], message }];
}
