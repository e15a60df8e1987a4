import { useEffect, useState } from "preact/hooks";
import type { Session } from "../graph/session.js";
import { settings, type Settings } from "../graph/settings.js";
import { useStore } from "../graph/store.js";
import { Field } from "../parts/field.js";
import { Logo } from "../parts/logo.js";
import { usePending } from "../parts/pending.js";
import { Problems } from "../parts/problems.js";

export function SignInScreen({ session }: { session: Session }) {
  const farewell = useStore(session.farewell);
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const { busy, problems, run } = usePending();
  const demo = useDemoAccounts();
  useEffect(() => {
    document.title = "Sign in – Disha";
  }, []);

  const enter = (as: { login: string; password: string }) => void run(() => session.signIn(as.login, as.password));
  return (
    <main class="sign-in">
      <div class="welcome">
        <p class="brand"><Logo />Disha</p>
        <h1>Learning with a direction.</h1>
        <p>Teachers turn documents into courses. Learners take them. Both see every step as it happens.</p>
      </div>
      <div class="card">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            enter({ login, password });
          }}
        >
          <h2>Sign in</h2>
          {farewell && <p class="note" role="status">{farewell}</p>}
          <Field label="E-mail or username">
            {(given) => (
              <input {...given} name="login" autocomplete="username" autocapitalize="none" spellcheck={false} required value={login} onInput={(event) => setLogin(event.currentTarget.value)} />
            )}
          </Field>
          <Field label="Password">
            {(given) => (
              <input {...given} name="password" type="password" autocomplete="current-password" required value={password} onInput={(event) => setPassword(event.currentTarget.value)} />
            )}
          </Field>
          <Problems problems={problems} />
          <button type="submit" class="primary" disabled={busy}>{busy ? "Signing in …" : "Sign in"}</button>
        </form>
        {demo.length > 0 && (
          <section class="demo" aria-labelledby="demo">
            <h2 id="demo">Try it out</h2>
            <p class="hint">This server has demo accounts; their password is <code>{demo[0]?.password}</code>.</p>
            <ul>
              {demo.map((account) => (
                <li key={account.email}>
                  <button type="button" disabled={busy} onClick={() => enter({ login: account.email, password: account.password })}>
                    Sign in as {account.role}
                  </button>
                  <span class="hint">{account.email}</span>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </main>
  );
}

function useDemoAccounts(): Settings["demoAccounts"] {
  const [accounts, setAccounts] = useState<Settings["demoAccounts"]>([]);
  useEffect(() => {
    // Without the hint one can still sign in.
    settings().then(({ demoAccounts }) => setAccounts(demoAccounts), () => undefined);
  }, []);
  return accounts;
}
