import { useEffect, useLayoutEffect, useRef } from 'react'

/** Windows that are open, the uppermost last. */
const open: object[] = []
let opener: HTMLElement | undefined
let focused: EventTarget | null = null
document.addEventListener('focusin', (event) => {
  focused = event.target
})

/** What opened the window that opens now: the one in focus, or the button of the menu that it was chosen from. A button
 *  that waits for an answer has lost the focus meanwhile. */
function findOpener(): HTMLElement | undefined {
  const active = document.activeElement
  const from = active && active !== document.body ? active : focused
  if (!(from instanceof HTMLElement)) return opener
  const button = from.closest('[role=menu]')?.getAttribute('aria-labelledby')
  const found = button ? document.getElementById(button) : from
  if (found?.isConnected) opener = found
  return opener
}

/** Escape closes the uppermost window only; the focus goes back to what opened it, however the window goes. */
export function useWayOut(opened: boolean, onClose: () => void): void {
  const close = useRef(onClose)
  useEffect(() => {
    close.current = onClose
  })
  useLayoutEffect(() => {
    if (!opened) return
    const me = {}
    const from = findOpener()
    const onKey = (event: KeyboardEvent) => {
      const taken = (event.target as Partial<HTMLElement>).dataset?.mantineStopPropagation === 'true'
      if (event.key === 'Escape' && !event.isComposing && !taken && open.at(-1) === me) close.current()
    }
    open.push(me)
    window.addEventListener('keydown', onKey, true)
    return () => {
      open.splice(open.indexOf(me), 1)
      window.removeEventListener('keydown', onKey, true)
      const above = open.length
      // another window may have taken its place meanwhile
      setTimeout(() => open.length === above && from?.focus({ preventScroll: true }))
    }
  }, [opened])
}
