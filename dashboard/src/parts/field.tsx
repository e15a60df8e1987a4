import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { Problem } from "../graph/problems.js";

interface Given {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean | undefined;
}

/** A labelled input with its hint and with what is wrong with it. */
export function Field({ label, hint, problems = [], children }: {
  label: string;
  hint?: string | undefined;
  problems?: readonly Problem[];
  children: (given: Given) => ComponentChildren;
}) {
  const id = useId();
  const wrong = problems.length > 0;
  const describedBy = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, "aria-describedby": describedBy || undefined, "aria-invalid": wrong || undefined })}
      {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
      {wrong && <div class="wrong" id={`${id}-wrong`}>{problems.map(({ message }) => <p key={message}>{message}</p>)}</div>}
    </div>
  );
}
