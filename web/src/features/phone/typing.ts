/** A call must not steal the keyboard from somebody who is writing. */
export function isTyping(): boolean {
  return document.activeElement?.matches('input, textarea') ?? false
}
