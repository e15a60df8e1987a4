import type { Problem } from "../graph/problems.js";

/** What did not work, read out at once. */
export function Problems({ problems, id }: { problems: readonly Problem[]; id?: string | undefined }) {
  if (problems.length === 0) return null;
  return (
    <div class="problems" role="alert" id={id}>
      {problems.map(({ message }) => <p key={message}>{message}</p>)}
    </div>
  );
}

/** A query that failed, with a way to ask again. */
export function Failed({ problem, retry }: { problem: Problem; retry: () => void }) {
  return (
    <div class="problems" role="alert">
      <p>{problem.message}</p>
      <button type="button" onClick={retry}>Try again</button>
    </div>
  );
}
