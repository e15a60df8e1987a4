import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** The heading of a screen: names the tab, and takes the focus so that screen readers begin there after a change of screen. */
export function Title({ tab, lang, children }: { tab: string; lang?: string | undefined; children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${tab} – Disha`;
  }, [tab]);
  useEffect(() => heading.current?.focus({ preventScroll: false }), []);
  return <h1 ref={heading} tabIndex={-1} lang={lang}>{children}</h1>;
}
