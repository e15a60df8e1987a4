import { useEffect, useRef, useState } from "preact/hooks";
import { DeleteSourceFile } from "../../graph/documents.js";
import { useGraph } from "../../graph/graph.js";
import { newKey } from "../../graph/key.js";
import { settings } from "../../graph/settings.js";
import { refusalOf, upload, type Phase } from "./upload.js";

export interface Chosen {
  key: string;
  file: File;
  phase: Phase;
}

/** Files of one course at most. */
export const maxFiles = 10;

/** The chosen files, each on its way as soon as it is chosen. */
export function useUploads() {
  const graph = useGraph();
  const [files, setFiles] = useState<readonly Chosen[]>([]);
  const stops = useRef(new Map<string, AbortController>());
  useEffect(() => () => stops.current.forEach((stop) => stop.abort()), []);

  const put = (key: string, phase: Phase) => setFiles((before) => before.map((one) => (one.key === key ? { ...one, phase } : one)));

  async function start({ key, file }: Pick<Chosen, "key" | "file">): Promise<void> {
    const stop = new AbortController();
    stops.current.set(key, stop);
    put(key, { name: "reading" });
    // Without the limit at hand the server still knows it.
    const { maxUploadBytes } = await settings().catch(() => ({ maxUploadBytes: Infinity }));
    const refusal = refusalOf(file, maxUploadBytes);
    if (refusal) put(key, { name: "failed", problems: [refusal] });
    else await upload(file, graph, (phase) => put(key, phase), stop.signal);
  }

  return {
    files,
    add: (list: Iterable<File>): void => {
      const added = [...list].slice(0, maxFiles - files.length).map((file): Chosen => ({ key: newKey(), file, phase: { name: "reading" } }));
      setFiles((before) => [...before, ...added]);
      for (const one of added) void start(one);
    },
    retry: (chosen: Chosen): void => void start(chosen),
    /** Takes a file back; what was stored for it is deleted, unless it was there before. */
    remove({ key, phase }: Chosen): void {
      stops.current.get(key)?.abort();
      setFiles((before) => before.filter((one) => one.key !== key));
      if (phase.name === "ready" && !phase.duplicate) void graph.send(DeleteSourceFile, { input: { id: phase.sourceFileId } });
    },
    clear: (): void => setFiles([]),
  };
}

export type Uploads = ReturnType<typeof useUploads>;
