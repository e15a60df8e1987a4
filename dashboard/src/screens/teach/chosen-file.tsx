import type { Problem } from "../../graph/problems.js";
import { Problems } from "../../parts/problems.js";
import { Progress } from "../../parts/progress.js";
import { sizeOf, type Phase } from "./upload.js";
import type { Chosen, Uploads } from "./use-uploads.js";

const shareOf = (phase: Phase): number => {
  if (phase.name === "reading") return 2;
  if (phase.name === "sending") return 5 + 85 * phase.share;
  return phase.name === "checking" ? 95 : 100;
};

function wordsOf(phase: Phase): string {
  switch (phase.name) {
    case "reading":
      return "Reading the file …";
    case "sending":
      return "Uploading …";
    case "checking":
      return "Checking the content …";
    case "ready":
      return phase.duplicate ? "Ready; it was uploaded before" : "Ready";
    case "failed":
      return "Not uploaded";
  }
}

/** A chosen file on its way to the server; `problems` are what the course's form has against it. */
export function ChosenFile({ chosen, uploads, problems }: { chosen: Chosen; uploads: Uploads; problems: readonly Problem[] }) {
  const { file, phase } = chosen;
  const failed = phase.name === "failed";
  return (
    <li class="chosen">
      <p class="name"><strong>{file.name}</strong> <span class="hint">{sizeOf(file.size)}</span></p>
      <p class={`state ${phase.name}`} role="status">{wordsOf(phase)}</p>
      <div class="buttons">
        {failed && <button type="button" class="quiet" onClick={() => uploads.retry(chosen)} aria-label={`Try again: ${file.name}`}>Try again</button>}
        <button type="button" class="quiet" onClick={() => uploads.remove(chosen)} aria-label={`Remove ${file.name}`}>Remove</button>
      </div>
      {phase.name !== "ready" && !failed && <Progress value={shareOf(phase)} label={`Upload of ${file.name}`} />}
      <Problems problems={failed ? phase.problems : problems} />
    </li>
  );
}
