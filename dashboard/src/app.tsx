import type { ComponentChildren } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { createGraph, GraphProvider, useGraph } from "./graph/graph.js";
import type { Account, Session } from "./graph/session.js";
import { useStore } from "./graph/store.js";
import { Logo } from "./parts/logo.js";
import { hrefOf, useRoute, type Route } from "./route.js";
import { CourseScreen } from "./screens/course/course.js";
import { LearnScreen } from "./screens/learn/learn.js";
import { SignInScreen } from "./screens/sign-in.js";
import { TeachScreen } from "./screens/teach/teach.js";

export function App({ session }: { session: Session }) {
  const account = useStore(session.account);
  if (!account) return <SignInScreen session={session} />;
  return <SignedIn key={`${account.id} ${account.role}`} session={session} account={account} />;
}

/** Everything behind the sign-in, with a graph of its own: nothing that one person was shown is kept for the next. */
function SignedIn({ session, account }: { session: Session; account: Account }) {
  const graph = useMemo(() => createGraph(session), [session]);
  useEffect(() => () => void graph.live.stop(), [graph]);
  const route = useRoute();
  return (
    <GraphProvider value={graph}>
      <Frame account={account} route={route}>
        <Screen account={account} route={route} />
      </Frame>
    </GraphProvider>
  );
}

const teaches = ({ role }: Account): boolean => role !== "STUDENT";

function Screen({ account, route }: { account: Account; route: Route }) {
  if (route.screen === "course") return <CourseScreen key={route.id} {...route} account={account} />;
  if (teaches(account) && route.screen !== "learn") return <TeachScreen />;
  return <LearnScreen account={account} />;
}

function Frame({ account, route, children }: { account: Account; route: Route; children: ComponentChildren }) {
  const { session } = useGraph();
  const learning = route.screen === "learn" || !teaches(account);
  const current = (is: boolean) => (is && route.screen !== "course" ? ("page" as const) : undefined);
  return (
    <>
      <a class="skip" href="#main" onClick={skip}>Skip to the content</a>
      <header class="bar">
        <a class="brand" href="#/" aria-label="Disha, to the start"><Logo />Disha</a>
        {teaches(account) && (
          <nav aria-label="Main">
            <a href={hrefOf.teach} aria-current={current(!learning)}>Teach</a>
            <a href={hrefOf.learn} aria-current={current(learning)}>Learn</a>
          </nav>
        )}
        <LineStatus />
        <p class="who">{account.fullName}</p>
        <button type="button" class="quiet" onClick={() => void session.signOut()}>Sign out</button>
      </header>
      <main id="main" tabIndex={-1}>{children}</main>
    </>
  );
}

/** The address is the page's route, so that the jump is made by hand. */
function skip(event: Event): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

const lineWords = { idle: "", opening: "Connecting …", live: "Live", lost: "Connection lost, trying again …" };

/** Whether updates arrive; read out when that changes. */
function LineStatus() {
  const { live } = useGraph();
  const line = useStore(live.line);
  return <p class={`line ${line}`} role="status">{lineWords[line]}</p>;
}
