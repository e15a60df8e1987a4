import { CancelJob, RetryJob } from "../../graph/documents.js";
import { useGraph } from "../../graph/graph.js";
import { newKey } from "../../graph/key.js";
import { failureOf } from "../../graph/problems.js";
import { usePending } from "../../parts/pending.js";
import { Problems } from "../../parts/problems.js";
import { Progress } from "../../parts/progress.js";
import { hrefOf } from "../../route.js";
import type { Job } from "./jobs.js";
import { stepOf } from "./steps.js";

const words = { PENDING: "Waiting", PROCESSING: "At work", COMPLETED: "Done", FAILED: "Failed", CANCELLED: "Cancelled" } as const;
const tones = { PENDING: undefined, PROCESSING: "busy", COMPLETED: "done", FAILED: "failed", CANCELLED: undefined } as const;

/** One job: what it is at, how far it is, what one can do about it, and the course once it is there. */
export function JobCard({ job, steps }: { job: Job; steps: readonly string[] }) {
  const { status, progress, message, course } = job;
  const name = nameOf(job);
  const open = status === "PENDING" || status === "PROCESSING";
  const again = status === "FAILED" || status === "CANCELLED";
  const current = message ? stepOf(message) : undefined;
  return (
    <li class={`card job ${status.toLowerCase()}`}>
      <div class="head">
        <h3 lang={course?.language}>{name}</h3>
        <p class={`chip ${tones[status] ?? ""}`}>{words[status]}</p>
      </div>
      {/* Read out when the step changes, not at each page of a document. */}
      <p class="read" role="status">{name}: {words[status]}. {open && current}</p>
      <Progress value={progress} label={`Progress of ${name}`} tone={tones[status]} />
      {open && <p class="figures"><strong>{progress} %</strong> <span>{message ?? "Waits for a worker."}</span></p>}
      {status === "FAILED" && <Failure job={job} />}
      {status === "CANCELLED" && <p class="hint">Stopped. What was not finished has no effect; the documents are still there.</p>}
      {open && steps.length > 0 && (
        <ol class="steps" aria-label="Steps so far">
          {steps.map((step) => <li key={step} class={step === current ? "current" : "past"}>{step}</li>)}
        </ol>
      )}
      <div class="actions">
        {course && status === "COMPLETED" && <a class="button primary" href={hrefOf.course(course.id)} aria-label={`Open the course ${course.title}`}>Open the course</a>}
        {open && <Act label="Cancel" name={name} document={CancelJob} input={{ id: job.id }} />}
        {again && <Act label="Try again" name={name} document={RetryJob} input={{ id: job.id, idempotencyKey: newKey() }} />}
      </div>
    </li>
  );
}

/** Words for codes where the sentence alone would not say what to do. */
const advice: Record<string, string> = {
  ENCRYPTED: "Save the document without its password and upload it anew.",
  NO_TEXT: "Run text recognition (OCR) on the scan and upload the result.",
  CORRUPT: "Open the document, save it anew and upload that.",
  UNSUPPORTED: "Save it as PDF, DOCX, TXT or Markdown.",
  TOO_LARGE: "Split the document and make a course from its parts.",
  TIMEOUT: "Split the document, or try again when the server is less busy.",
};

function Failure({ job: { error, errorCode } }: { job: Job }) {
  const failure = failureOf(error);
  const hint = advice[errorCode ?? failure.code];
  return (
    <div class="problems">
      <p>{failure.message}</p>
      {hint && <p>{hint}</p>}
    </div>
  );
}

function Act({ label, name, document, input }: {
  label: string;
  name: string;
  document: typeof CancelJob | typeof RetryJob;
  input: { id: string; idempotencyKey?: string };
}) {
  const { send } = useGraph();
  const { busy, problems, run } = usePending();
  return (
    <>
      <button type="button" disabled={busy} aria-label={`${label}: ${name}`} onClick={() => void run(async () => (await send(document as typeof RetryJob, { input })).problems)}>{label}</button>
      <Problems problems={problems} />
    </>
  );
}

/** What a job is called: its course, else its documents, else what it does. */
function nameOf({ course, sourceFiles, jobType }: Job): string {
  const files = sourceFiles?.nodes.map(({ filename }) => filename) ?? [];
  return course?.title ?? (files.join(", ") || `${jobType[0]}${jobType.slice(1).toLowerCase().replaceAll("_", " ")}`);
}
