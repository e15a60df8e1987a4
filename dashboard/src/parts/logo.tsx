/** A compass needle: disha means direction. */
export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <circle cx="16" cy="16" r="14" />
      <path class="north" d="M16 5l4 11h-8z" />
      <path class="south" d="M16 27l-4-11h8z" />
    </svg>
  );
}
