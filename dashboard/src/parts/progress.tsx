/** How far something is, 0 to 100; `label` names what. */
export function Progress({ value, label, tone }: { value: number; label: string; tone?: "done" | "failed" | "busy" | undefined }) {
  return (
    <div class={`progress ${tone ?? ""}`} role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(value)}>
      <div class="filled" style={{ width: `${Math.min(100, Math.max(0, value))}%` }} />
    </div>
  );
}
