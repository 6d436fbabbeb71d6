import { useEffect, useRef } from 'react'

/** Physical key codes ("KeyA", "Alt+KeyA", "Shift+Slash") → what to do. Layout does not matter: A is A on ЙЦУКЕН too. */
export type KeyMap = Record<string, (() => void) | undefined>

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select')
}

export function combination(
  event: Pick<KeyboardEvent, 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>,
): string {
  const parts: string[] = []
  if (event.ctrlKey || event.metaKey) parts.push('Ctrl')
  if (event.altKey) parts.push('Alt')
  if (event.shiftKey) parts.push('Shift')
  return [...parts, event.code].join('+')
}

const PAUSE = 1_500
let field: EventTarget | null = null
let writtenAt = 0

/** A field that goes away under somebody's hands (a call comes): what he writes on with is no order. */
function holdBack(event: KeyboardEvent): void {
  const before = writtenAt
  writtenAt = event.timeStamp
  if (isTyping(event.target)) field = ['Enter', 'Escape'].includes(event.key) ? null : event.target
  else if (!(field instanceof Node) || field.isConnected || writtenAt - before > PAUSE) field = null
  else if (!event.altKey && !event.ctrlKey && !event.metaKey) {
    event.preventDefault()
    event.stopImmediatePropagation()
  }
}

function letGo(): void {
  field = null
}

/** Plain letters act only outside of text fields; combinations with Alt or Ctrl act everywhere. */
export function useKeys(keys: KeyMap): void {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.repeat || event.defaultPrevented) return
      const name = event.key === '?' ? 'Shift+Slash' : combination(event)
      const action = latest.current[name]
      if (!action) return
      if (!name.includes('Alt+') && !name.includes('Ctrl+') && isTyping(event.target)) return
      event.preventDefault()
      action()
    }
    // the same functions once more are not added again
    window.addEventListener('pointerdown', letGo, true)
    window.addEventListener('keydown', holdBack, true)
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
