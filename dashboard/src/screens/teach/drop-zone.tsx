import { useRef, useState } from "preact/hooks";
import { endings } from "./upload.js";

/** Takes files by dropping, and by the button, which is the way by keyboard. */
export function DropZone({ add, full }: { add: (files: Iterable<File>) => void; full: boolean }) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  return (
    <div
      class={`drop ${over ? "over" : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (!full) add(event.dataTransfer?.files ?? []);
      }}
    >
      <p class="call"><span class="drag">Drop documents here, or </span><button type="button" disabled={full} onClick={() => input.current?.click()}>Choose files</button></p>
      <p class="hint">PDF, Word (DOCX), plain text or Markdown. They become one course, in this order.</p>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={endings.join(",")}
        onChange={({ currentTarget }) => {
          add(currentTarget.files ?? []);
          // So that the same file can be chosen once more.
          currentTarget.value = "";
        }}
      />
    </div>
  );
}
