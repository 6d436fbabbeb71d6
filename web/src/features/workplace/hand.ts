import { useEffect, useState, useSyncExternalStore } from 'react'
import { useMyCall, useMyRow } from '@/features/phone/mine'

const KEY = 'kaska.last-contact'
const OPENED = 'kaska-hand'

export interface Hand {
  contact: string
  /** I am offered it, talk in it or wrap it up: it cannot be put aside */
  isCurrent: boolean
  /** whose call rings while I still write about the one in hand; '' = nobody's */
  rings: string
  putAside: () => void
}

/** Take a contact of before into the hand, for instance to finish its result. A call that comes goes before it. */
export function takeInHand(contact: string): void {
  window.dispatchEvent(new CustomEvent(OPENED, { detail: contact }))
}

/** A field of the result has the focus: what is in hand must not go away under the keys. */
function isWriting(): boolean {
  return document.activeElement?.matches('.k-form :is(textarea, input:not([type=radio]))') ?? false
}

function onFocus(listener: () => void): () => void {
  const later = () => setTimeout(listener)
  window.addEventListener('focusin', later)
  window.addEventListener('focusout', later)
  return () => {
    window.removeEventListener('focusin', later)
    window.removeEventListener('focusout', later)
  }
}

/**
 * The contact in hand: the one I am offered, talk in or wrap up. The last one that I talked in stays after that until
 * the next or until it is put aside, so that nothing half-written disappears by itself; a call that only rings waits for
 * whoever writes.
 */
export function useHand(): Hand {
  const call = useMyCall()
  const mine = useMyRow()
  const offered = call.stage !== 'none' && !call.inside && call.contact
  const current = offered || (mine?.state === 'wrap_up' && mine.contact) || ''
  const [last, setLast] = useState(() => localStorage.getItem(KEY) ?? '')
  const talks = !call.inside && (call.stage === 'talking' || call.stage === 'dialling')
  const isMine = talks || mine?.state === 'wrap_up'
  if (isMine && current && current !== last) setLast(current)
  const waits = useSyncExternalStore(onFocus, isWriting) && call.stage === 'offered' && last !== '' && last !== current
  useEffect(() => {
    if (last) localStorage.setItem(KEY, last)
    else localStorage.removeItem(KEY)
  }, [last])
  useEffect(() => {
    const onOpened = (event: Event) => setLast((event as CustomEvent<string>).detail)
    window.addEventListener(OPENED, onOpened)
    return () => window.removeEventListener(OPENED, onOpened)
  }, [])
  return {
    contact: (!waits && current) || last,
    isCurrent: !waits && current !== '',
    rings: waits ? current : '',
    putAside: () => setLast(''),
  }
}
