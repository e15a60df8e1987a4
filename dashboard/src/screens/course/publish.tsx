import { PublishCourse } from "../../graph/documents.js";
import { useGraph } from "../../graph/graph.js";
import { usePending } from "../../parts/pending.js";
import { Problems } from "../../parts/problems.js";
import type { Course } from "./course.js";

/** For those who run the course: where it stands, and the button that opens it to learners. */
export function Publish({ course, published }: { course: Course; published: () => void }) {
  const { send } = useGraph();
  const { busy, problems, run } = usePending();
  if (course.status !== "DRAFT") {
    return <p class={`chip ${course.status === "ACTIVE" ? "done" : ""}`} role="status">{course.status === "ACTIVE" ? "Published" : "Archived"}</p>;
  }
  const publish = () =>
    void run(async () => {
      const sent = await send(PublishCourse, { input: { id: course.id, expectedUpdatedAt: course.updatedAt } });
      // Whoever changed it meanwhile should be seen before it is published.
      if (sent.payload || sent.problems.some(({ code }) => code === "CONFLICT")) published();
      return sent.problems;
    });
  return (
    <div class="publish note">
      <p><strong>This is a draft.</strong> Read it through; only you and admins see it until it is published.</p>
      <button type="button" class="primary" onClick={publish} disabled={busy}>Publish</button>
      <Problems problems={problems} />
    </div>
  );
}
