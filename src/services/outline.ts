import { z } from "zod";

const item = { id: z.uuid(), title: z.string() };
/** Modules and topics of a course in order, by id and title, as `course_versions.outline` keeps them. */
export type Outline = z.output<typeof outlineRules>;

const outlineRules = z.object({
  modules: z.array(z.object({ ...item, topics: z.array(z.object(item)) })),
});

export interface OutlineDifference {
  kind: "added" | "removed" | "renamed";
  item: "module" | "topic";
  /** Key of the module or topic. */
  key: string;
  before: string | null;
  after: string | null;
}

type Titles = Map<string, { item: OutlineDifference["item"]; title: string }>;

/**
 * What changed from one outline to another: removed and renamed items in the old order, then new ones
 * in the new order. An outline that cannot be read counts as empty.
 */
export function outlineChanges(from: unknown, to: unknown): OutlineDifference[] {
  const [old, now] = [titlesOf(from), titlesOf(to)];
  const changed = [...old].flatMap(([key, { item, title }]): OutlineDifference[] => {
    const after = now.get(key)?.title ?? null;
    if (after === title) return [];
    return [{ kind: after === null ? "removed" : "renamed", item, key, before: title, after }];
  });
  const added = [...now]
    .filter(([key]) => !old.has(key))
    .map(([key, { item, title }]): OutlineDifference => ({ kind: "added", item, key, before: null, after: title }));
  return [...changed, ...added];
}

/** Are these the same modules and topics, by the same titles, in the same order? */
export const sameOutline = (one: unknown, other: unknown): boolean =>
  JSON.stringify([...titlesOf(one)]) === JSON.stringify([...titlesOf(other)]);

function titlesOf(outline: unknown): Titles {
  const parsed = outlineRules.safeParse(outline);
  const titles: Titles = new Map();
  for (const module of parsed.data?.modules ?? []) {
    titles.set(module.id, { item: "module", title: module.title });
    for (const topic of module.topics) titles.set(topic.id, { item: "topic", title: topic.title });
  }
  return titles;
}
