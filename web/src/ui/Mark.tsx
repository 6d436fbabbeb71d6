/** The helmet. */
export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="currentColor" aria-hidden>
      <path d="M4 22C4 13.5 9 7.6 16 7.6S28 13.5 28 22z" />
      <path d="M13.2 8.6V5h5.6v3.6z" />
      <rect x="2" y="23.2" width="28" height="3.8" rx="1.9" />
    </svg>
  )
}
