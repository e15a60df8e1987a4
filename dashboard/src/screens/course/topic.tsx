import { useEffect, useRef } from "preact/hooks";
import { RecordTopicProgress, TopicPage } from "../../graph/documents.js";
import { useGraph, useQuery } from "../../graph/graph.js";
import { newKey } from "../../graph/key.js";
import { usePending } from "../../parts/pending.js";
import { Failed, Problems } from "../../parts/problems.js";
import { hrefOf } from "../../route.js";
import type { Course } from "./course.js";

type Neighbour = { id: string; title: string } | undefined;

/** One topic: its text, and the way on. */
export function TopicReader({ course, topicId, enrolled, previous, next }: {
  course: Course;
  topicId: string;
  enrolled: boolean;
  previous: Neighbour;
  next: Neighbour;
}) {
  const { data, problem, reload } = useQuery(TopicPage, { id: topicId });
  const topic = data?.node?.__typename === "Topic" ? data.node : undefined;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [topic?.id]);
  if (problem && !topic) return <Failed problem={problem} retry={reload} />;
  if (!topic) return <p class="empty topic" role="status">Opening the topic …</p>;
  return (
    <section class="topic" aria-labelledby="topic">
      <h2 id="topic" ref={heading} tabIndex={-1} lang={course.language}>{topic.title}</h2>
      {topic.contentHtml === null ? (
        <p class="empty">{enrolled || course.myEnrollment ? "This topic has no text yet." : "Enrol to read this topic."}</p>
      ) : (
        // The server lets through what texts need and nothing that runs; the page's policy would not run it either.
        <div class="content" lang={course.language} dangerouslySetInnerHTML={{ __html: topic.contentHtml }} />
      )}
      {enrolled && <Mark topicId={topicId} done={topic.myProgress?.status === "COMPLETED"} />}
      <nav class="neighbours" aria-label="Topics before and after">
        {previous && <a rel="prev" href={hrefOf.topic(course.id, previous.id)}><span class="hint">Before</span><span lang={course.language}>{previous.title}</span></a>}
        {next && <a rel="next" href={hrefOf.topic(course.id, next.id)}><span class="hint">Next</span><span lang={course.language}>{next.title}</span></a>}
      </nav>
    </section>
  );
}

function Mark({ topicId, done }: { topicId: string; done: boolean }) {
  const { send } = useGraph();
  const { busy, problems, run } = usePending();
  if (done) return <p class="done" role="status">Completed</p>;
  const complete = () => void run(async () => (await send(RecordTopicProgress, { input: { topicId, status: "COMPLETED", idempotencyKey: newKey() } })).problems);
  return (
    <div class="actions">
      <button type="button" class="primary" onClick={complete} disabled={busy}>Mark as completed</button>
      <Problems problems={problems} />
    </div>
  );
}
