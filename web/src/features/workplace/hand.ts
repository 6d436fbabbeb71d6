import { useEffect, useState } from 'react'
import { useMyCall, useMyRow } from '@/features/phone/mine'

const KEY = 'kaska.last-contact'

/**
 * The contact in hand: the one I am offered, talk in or wrap up. The last one that I talked in stays after that until
 * the next or until it is put aside, so that nothing half-written disappears by itself.
 */
export function useHand(): { contact: string; isCurrent: boolean; putAside: () => void } {
  const call = useMyCall()
  const mine = useMyRow()
  const current = (call.stage !== 'none' && call.contact) || (mine?.state === 'wrap_up' && mine.contact) || ''
  const [last, setLast] = useState(() => localStorage.getItem(KEY) ?? '')
  const isMine = call.stage === 'talking' || call.stage === 'dialling' || mine?.state === 'wrap_up'
  if (isMine && current && current !== last) setLast(current)
  useEffect(() => {
    if (last) localStorage.setItem(KEY, last)
    else localStorage.removeItem(KEY)
  }, [last])
  return { contact: current || last, isCurrent: current !== '', putAside: () => setLast('') }
}
