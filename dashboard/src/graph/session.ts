import { RefreshSession, SignIn, SignOut, type Document } from "./documents.js";
import { newKey } from "./key.js";
import { problemOf, unreachable, type Problem } from "./problems.js";
import { createStore, type Store } from "./store.js";

export interface Account {
  id: string;
  fullName: string;
  role: "ADMIN" | "STUDENT" | "TEACHER";
}

interface Kept {
  /** Made at the sign-in: one tab at a time may use it. */
  id: string;
  account: Account;
  accessToken: string;
  /** Milliseconds since 1970. */
  endsAt: number;
  refreshToken: string;
}

interface Tokens {
  accessToken?: string | null | undefined;
  accessTokenExpiresAt?: string | null | undefined;
  refreshToken?: string | null | undefined;
  user?: { id: string; fullName: string; role?: Account["role"] | null | undefined } | null | undefined;
}

const place = "disha-session";
/** A token that ends so soon is traded before it is used, in milliseconds. */
const soon = 30_000;

/** Who is signed in; kept in this tab alone, and gone with it. */
export class Session {
  readonly account: Store<Account | undefined> = createStore<Account | undefined>(undefined);
  /** Why nobody is signed in any more, when it was not their wish. */
  readonly farewell: Store<string> = createStore("");
  private kept: Kept | undefined;
  private refreshing: Promise<void> | undefined;

  /** Takes up what this tab held before it was loaded again. */
  async restore(): Promise<void> {
    const text = sessionStorage.getItem(place);
    if (text === null) return;
    const kept = JSON.parse(text) as Kept;
    // A tab that was duplicated has a copy; a refresh token that is used twice would end the session of both.
    if (await claim(kept.id)) this.keep(kept);
    else sessionStorage.removeItem(place);
  }

  async signIn(login: string, password: string): Promise<readonly Problem[]> {
    const answer = await post(SignIn, { input: { login, password } });
    if ("problem" in answer) return [answer.problem];
    const payload = answer.data.signIn;
    const id = newKey();
    const kept = payload && keptOf(id, payload);
    if (!kept) return payload?.errors.length ? payload.errors : [unreachable];
    await claim(id);
    this.farewell.set("");
    this.keep(kept);
    return [];
  }

  async signOut(): Promise<void> {
    const token = this.kept?.accessToken;
    this.drop("");
    // The tab has forgotten it either way; the server is told so that the session ends there, too.
    if (token !== undefined) await post(SignOut, { input: {} }, token);
  }

  /**
   * An access token that still holds for a while.
   * @throws {Error} while the server cannot be reached, or when the session has ended.
   */
  async token(): Promise<string> {
    if (this.kept && this.kept.endsAt - Date.now() < soon) await this.refresh();
    if (!this.kept) throw new Error("Nobody is signed in");
    return this.kept.accessToken;
  }

  /** Trades the refresh token; callers at the same time share one trade. */
  async refresh(): Promise<void> {
    this.refreshing ??= this.trade().finally(() => (this.refreshing = undefined));
    return this.refreshing;
  }

  private async trade(): Promise<void> {
    const { kept } = this;
    if (!kept) return;
    const answer = await post(RefreshSession, { input: { refreshToken: kept.refreshToken } });
    if (this.kept !== kept) return;
    if ("problem" in answer) throw new Error(answer.problem.message);
    const fresh = answer.data.refreshSession && keptOf(kept.id, answer.data.refreshSession);
    if (fresh) this.keep(fresh);
    else this.drop("Your session has ended. Sign in again.");
  }

  private keep(kept: Kept): void {
    this.kept = kept;
    sessionStorage.setItem(place, JSON.stringify(kept));
    const shown = this.account.get();
    if (shown?.id !== kept.account.id || shown.role !== kept.account.role) this.account.set(kept.account);
  }

  private drop(why: string): void {
    this.kept = undefined;
    sessionStorage.removeItem(place);
    this.farewell.set(why);
    this.account.set(undefined);
  }
}

function keptOf(id: string, { accessToken, accessTokenExpiresAt, refreshToken, user }: Tokens): Kept | undefined {
  if (!accessToken || !accessTokenExpiresAt || !refreshToken || !user) return undefined;
  const account = { id: user.id, fullName: user.fullName, role: user.role ?? "STUDENT" };
  return { id, account, accessToken, endsAt: Date.parse(accessTokenExpiresAt), refreshToken };
}

/** Takes the session for this tab until the tab is gone; false when another tab has it. A page that is loaded again leaves it in a moment. */
function claim(id: string): Promise<boolean> {
  // Absent on plain HTTP beyond this machine.
  if (!("locks" in navigator)) return Promise.resolve(true);
  return new Promise((resolve) => {
    const hold = () => new Promise<never>(() => resolve(true));
    navigator.locks.request(`${place}:${id}`, { signal: AbortSignal.timeout(1_000) }, hold).catch(() => resolve(false));
  });
}

/** Sends an operation that needs no session, or has its token at hand. */
async function post<Data, Variables>(
  { text }: Document<Data, Variables>,
  variables: Variables,
  token?: string,
): Promise<{ data: Data } | { problem: Problem }> {
  try {
    const response = await fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query: text, variables }),
    });
    const { data, errors } = (await response.json()) as { data?: Data; errors?: { message: string; extensions?: { code?: string } }[] };
    const [error] = errors ?? [];
    if (error) return { problem: problemOf(error.extensions?.code, error.message) };
    return data === undefined ? { problem: unreachable } : { data };
  } catch {
    return { problem: unreachable };
  }
}
