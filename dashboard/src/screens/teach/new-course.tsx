import { useState } from "preact/hooks";
import { GenerateCourse } from "../../graph/documents.js";
import { useGraph } from "../../graph/graph.js";
import { newKey } from "../../graph/key.js";
import { problemsAt, type Problem } from "../../graph/problems.js";
import { Field } from "../../parts/field.js";
import { usePending } from "../../parts/pending.js";
import { Problems } from "../../parts/problems.js";
import { ChosenFile } from "./chosen-file.js";
import { DropZone } from "./drop-zone.js";
import { canUpload } from "./upload.js";
import { maxFiles, useUploads, type Uploads } from "./use-uploads.js";

const languages = new Intl.DisplayNames("en", { type: "language" });
const offered = ["en", "hi", "as", "bn", "gu", "kn", "ml", "mr", "or", "pa", "ta", "te", "ur"]
  .map((code) => ({ code, name: languages.of(code) ?? code }));

/** Documents, a few wishes, and the button that starts the job. */
export function NewCourse() {
  const uploads = useUploads();
  const { files } = uploads;
  return (
    <section class="new-course card" aria-labelledby="new-course">
      <h2 id="new-course">Make a course from documents</h2>
      {canUpload() ? (
        <>
          <DropZone add={uploads.add} full={files.length >= maxFiles} />
          <CourseForm uploads={uploads} />
        </>
      ) : (
        <p class="note">
          Uploads need a secure address, so that the browser can compute checksums: open this page by https, or on this machine by
          {" "}<code>http://localhost</code> or <code>http://127.0.0.1</code>.
        </p>
      )}
    </section>
  );
}

function CourseForm({ uploads }: { uploads: Uploads }) {
  const { send } = useGraph();
  const [title, setTitle] = useState("");
  const [weeks, setWeeks] = useState("");
  const [language, setLanguage] = useState("");
  const [withQuizzes, setWithQuizzes] = useState(true);
  const [key, setKey] = useState(newKey);
  const [started, setStarted] = useState(false);
  const { busy, problems, run } = usePending();
  const { files } = uploads;
  const ids = files.flatMap(({ phase }) => (phase.name === "ready" ? [phase.sourceFileId] : []));
  const ready = files.length > 0 && ids.length === files.length;

  async function start(): Promise<readonly Problem[]> {
    setStarted(false);
    const wishes = { title: title.trim() || null, weeks: weeks === "" ? null : Number(weeks), language: language || null, withQuizzes };
    const sent = await send(GenerateCourse, { input: { fileIds: ids, ...wishes, idempotencyKey: key } });
    // What was refused is asked again under another key; what got no answer under the same, so that it is not done twice.
    if (sent.problems.some(({ path }) => path.length > 0) || sent.payload) setKey(newKey());
    if (!sent.payload) return sent.problems;
    uploads.clear();
    setTitle("");
    setWeeks("");
    setStarted(true);
    return [];
  }

  const fileProblems = problemsAt(problems, "fileIds");
  const elsewhere = problems.filter(({ path }) => !["fileIds", "title", "weeks", "language"].includes(path[1] ?? ""));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void run(start);
      }}
    >
      {files.length > 0 && (
        <ul class="files" aria-label="Chosen documents">
          {files.map((chosen, index) => (
            <ChosenFile key={chosen.key} chosen={chosen} uploads={uploads} problems={fileProblems.filter(({ path }) => path[2] === String(index))} />
          ))}
        </ul>
      )}
      <div class="wishes">
        <Field label="Title" hint="Left empty, the documents name it." problems={problemsAt(problems, "title")}>
          {(given) => <input {...given} maxLength={300} value={title} onInput={(event) => setTitle(event.currentTarget.value)} />}
        </Field>
        <Field label="Weeks" hint="1 to 30, or as many as it takes." problems={problemsAt(problems, "weeks")}>
          {(given) => <input {...given} type="number" inputMode="numeric" min={1} max={30} step={1} value={weeks} onInput={(event) => setWeeks(event.currentTarget.value)} />}
        </Field>
        <Field label="Language" problems={problemsAt(problems, "language")}>
          {(given) => (
            <select {...given} value={language} onChange={(event) => setLanguage(event.currentTarget.value)}>
              <option value="">That of the documents</option>
              {offered.map(({ code, name }) => <option key={code} value={code}>{name}</option>)}
            </select>
          )}
        </Field>
      </div>
      <label class="check">
        <input type="checkbox" checked={withQuizzes} onChange={(event) => setWithQuizzes(event.currentTarget.checked)} />
        End each week with a quiz
      </label>
      <Problems problems={[...elsewhere, ...fileProblems.filter(({ path }) => path[2] === undefined)]} />
      <div class="actions">
        <button type="submit" class="primary" disabled={!ready || busy}>{busy ? "Starting …" : "Make the course"}</button>
        <p class="hint" role="status">{started ? "Started. Watch it below." : hintFor(files.length, ready)}</p>
      </div>
    </form>
  );
}

const hintFor = (count: number, ready: boolean): string => {
  if (count === 0) return "Choose at least one document first.";
  return ready ? "" : "As soon as all documents are ready.";
};
