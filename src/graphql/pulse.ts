const beatMs = 1_000;
/** Beats between two turns of the same member. */
const beatsPerTurn = 15;

/** What the pulse reaches. */
export interface Pulsing {
  /** Comes every 15 s. */
  onTurn(): void;
  /** Comes when the member's time is over, at most a second late. */
  onTimeOver(): void;
}

/** One timer for thousands of sockets; the turns of the members are spread over time. */
export interface Pulse<Member extends Pulsing> {
  /** Returns the way out, for any number of calls. */
  add(member: Member): () => void;
  /** `onTimeOver` comes after `at`, in seconds since 1970, unless the member has left. */
  endAt(member: Member, at: number): void;
}

/** The timer runs while there are members. */
export function createPulse<Member extends Pulsing>(): Pulse<Member> {
  const turns = Array.from({ length: beatsPerTurn }, () => new Set<Member>());
  const endings = new Map<number, Set<Member>>();
  const endsAt = new WeakMap<Member, number>();
  let timer: NodeJS.Timeout | undefined;
  let [members, entered, beats] = [0, 0, 0];

  function beat(): void {
    for (const member of turns[beats++ % beatsPerTurn] ?? []) member.onTurn();
    const now = Date.now() / 1000;
    for (const [at, ending] of endings) {
      if (at > now) continue;
      endings.delete(at);
      for (const member of ending) member.onTimeOver();
    }
  }

  return {
    add(member) {
      const turn = turns[entered++ % beatsPerTurn];
      turn?.add(member);
      members++;
      timer ??= setInterval(beat, beatMs);
      return () => {
        if (!turn?.delete(member)) return;
        endings.get(endsAt.get(member) ?? 0)?.delete(member);
        if (--members > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    endAt(member, at) {
      const ending = endings.get(at) ?? new Set();
      endings.set(at, ending.add(member));
      endsAt.set(member, at);
    },
  };
}
