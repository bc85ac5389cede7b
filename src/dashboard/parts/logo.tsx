/** Recado's sign: a message that arrived. */
export function Logo({ size }: { size: number }) {
  return (
    <svg class="logo" viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
      <path
        class="logo-ground"
        d="M6 2h20a4 4 0 0 1 4 4v15a4 4 0 0 1-4 4H15l-7 6v-6H6a4 4 0 0 1-4-4V6a4 4 0 0 1 4-4Z"
      />
      <path class="logo-ticks" d="m7.5 14 4 4 7-8M15.5 17.2l.8.8 7-8" />
    </svg>
  );
}
