import { useState } from "preact/hooks";
import { BuyStreakFreeze, MyPoints, WatchStreak, type ResultOf } from "../../graph/documents.js";
import { useGraph, useLive, useQuery } from "../../graph/graph.js";
import { newKey } from "../../graph/key.js";
import { usePending } from "../../parts/pending.js";
import { Problems } from "../../parts/problems.js";

type Update = ResultOf<typeof WatchStreak>["streakUpdated"];
type Streak = NonNullable<Update["streak"]>;
type Day = { date: string; kind: string };

const daysShown = 14;
const dayMs = 86_400_000;

export function StreakCard() {
  const [streak, setStreak] = useState<Streak>();
  const [reached, setReached] = useState("");
  const points = useQuery(MyPoints, {});
  useLive(WatchStreak, {}, ({ kind, streak: now, milestonesReached }) => {
    if (now) setStreak(now);
    const titles = milestonesReached.flatMap(({ milestone }) => milestone?.title ?? []);
    if (titles.length > 0) setReached(`Milestone reached: ${titles.join(", ")}.`);
    // What moves the streak mostly earns or spends points.
    if (kind === "CHANGE") points.reload();
  });
  if (!streak) return <section class="card streak" aria-busy="true" aria-label="Streak" />;
  const { currentStreak, longestStreak, freezesAvailable, nextMilestone, status } = streak;
  const balance = points.data?.viewer?.points;
  return (
    <section class={`card streak ${status.toLowerCase()}`} aria-labelledby="streak">
      <div class="run" aria-live="polite" aria-atomic="true">
        <h2 id="streak">Streak</h2>
        <p class="count"><strong>{currentStreak}</strong> {currentStreak === 1 ? "day" : "days"} in a row</p>
        <p class="today">{todayIn(streak)}</p>
        {reached && <p class="reached">{reached}</p>}
      </div>
      <Days days={lastDays(streak)} />
      <dl>
        <div><dt>Longest</dt><dd>{longestStreak}</dd></div>
        <div><dt>Freezes</dt><dd>{freezesAvailable}</dd></div>
        <div><dt>Points</dt><dd>{balance?.xpPoints ?? "–"}</dd></div>
        <div><dt>Next milestone</dt><dd>{nextMilestone.days} <small>days, {nextMilestone.remaining} to go</small></dd></div>
      </dl>
      <Freeze />
    </section>
  );
}

function Freeze() {
  const { send } = useGraph();
  const { busy, problems, run } = usePending();
  const buy = () => void run(async () => (await send(BuyStreakFreeze, { input: { idempotencyKey: newKey() } })).problems);
  return (
    <div class="freeze">
      <button type="button" onClick={buy} disabled={busy} aria-describedby="freeze-hint">Buy a freeze</button>
      <p class="hint" id="freeze-hint">200 points; it saves a day that you miss.</p>
      <Problems problems={problems} />
    </div>
  );
}

const kindWords: Record<string, string> = {
  ACTIVE: "learnt",
  FREEZE: "saved by a freeze",
  REPAIR: "repaired",
  REST: "rest day",
  TRAVEL: "travelling",
  NONE: "nothing yet",
};

function Days({ days }: { days: readonly Day[] }) {
  const name = new Intl.DateTimeFormat("en", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
  const letter = new Intl.DateTimeFormat("en", { weekday: "narrow", timeZone: "UTC" });
  return (
    <ol class="days" aria-label={`The last ${daysShown} days`}>
      {days.map(({ date, kind }) => (
        <li key={date} class={kind.toLowerCase()}>
          <span class="letter" aria-hidden="true">{letter.format(new Date(date))}</span>
          <span class="read">{name.format(new Date(date))}: {kindWords[kind] ?? kind.toLowerCase()}</span>
        </li>
      ))}
    </ol>
  );
}

/** What today is for the streak, in the learner's own clock. */
function todayIn({ status, expiresAt, timezone }: Streak): string {
  if (status === "SAFE") return "Today counts already. See you tomorrow.";
  if (status === "BROKEN") return "No run at the moment. Complete a topic, and one begins.";
  const until = expiresAt && new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: timezone }).format(new Date(expiresAt));
  if (!until) return "Learn something today to keep it.";
  return `Learn something before ${/^(00|24):00$/.test(until) ? "midnight" : until} to keep it.`;
}

/** The latest days up to today where the learner is, the earliest first. */
function lastDays({ activities, timezone }: Streak): Day[] {
  const covered = new Map(activities?.nodes.map(({ activityDate, kind }) => [activityDate, kind]));
  const today = Date.parse(new Intl.DateTimeFormat("en-CA", { timeZone: timezone }).format(new Date()));
  return Array.from({ length: daysShown }, (_, index) => {
    const date = new Date(today - (daysShown - 1 - index) * dayMs).toISOString().slice(0, 10);
    return { date, kind: covered.get(date) ?? "NONE" };
  });
}
