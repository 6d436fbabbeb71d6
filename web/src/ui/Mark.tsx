/** The helmet. */
export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="currentColor" aria-hidden>
      <path d="M12 8.3v8.2h-2V9.2C7 11 5.2 14.8 5.2 20.5h21.6C26.8 14.8 25 11 22 9.2v7.3h-2V8.3z" />
      <rect x="13.3" y="5.5" width="5.4" height="11" rx="1.5" />
      <path d="M2.5 22h27c.6 0 1 .5.8 1.1-.6 1.8-2 2.9-4 2.9H5.7c-2 0-3.4-1.1-4-2.9-.2-.6.2-1.1.8-1.1z" />
    </svg>
  )
}
