import { useEffect, useState } from 'react'
import { useMyCall, useMyRow } from '@/features/phone/mine'

const KEY = 'kaska.last-contact'
const OPENED = 'kaska-hand'

export interface Hand {
  contact: string
  /** I am offered it, talk in it or wrap it up: it cannot be put aside */
  isCurrent: boolean
  putAside: () => void
}

/** Take a contact of before into the hand, for instance to finish its result. A call that comes goes before it. */
export function takeInHand(contact: string): void {
  window.dispatchEvent(new CustomEvent(OPENED, { detail: contact }))
}

/**
 * The contact in hand: the one I am offered, talk in or wrap up. The last one that I talked in stays after that until
 * the next or until it is put aside, so that nothing half-written disappears by itself.
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
  useEffect(() => {
    if (last) localStorage.setItem(KEY, last)
    else localStorage.removeItem(KEY)
  }, [last])
  useEffect(() => {
    const onOpened = (event: Event) => setLast((event as CustomEvent<string>).detail)
    window.addEventListener(OPENED, onOpened)
    return () => window.removeEventListener(OPENED, onOpened)
  }, [])
  return { contact: current || last, isCurrent: current !== '', putAside: () => setLast('') }
}
