import { useState } from "preact/hooks";
import type { Problem } from "../graph/problems.js";

/** Runs one thing at a time, and keeps what was wrong with it. */
export function usePending() {
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const run = async (work: () => Promise<readonly Problem[]>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setProblems([]);
    try {
      setProblems(await work());
    } finally {
      setBusy(false);
    }
  };
  return { busy, problems, run };
}
