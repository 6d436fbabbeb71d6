import { useEffect, useState } from 'react'
import { useMe } from '@/features/session/session'
import { live, useCollection, useConnection } from '@/realtime/live'
import { phone, useHolding, usePhone } from '@/softphone/store'
import { usePickUp, useReconnect } from './actions'
import { useMyRow } from './mine'
import { type Remedy, remedyOf } from './returning'

/** so long the two may differ because one word is still on its way */
const SURE_AFTER: Partial<Record<Remedy, number>> = { reconnect: 1_500, forget: 3_000, drop: 4_000 }
const AGAIN = 1_000

export function useRemedy(): { remedy: Remedy; contact: string } {
  const me = useMe().id
  const { registration, call: local, interrupted } = usePhone()
  const here = useHolding() === 'here'
  const remedy = remedyOf({
    me,
    online: useConnection() === 'online',
    registered: here && registration === 'registered',
    mine: useMyRow(),
    calls: useCollection('calls'),
    monitors: useCollection('monitors'),
    local,
    interrupted,
  })
  return { remedy, contact: local?.contact ?? interrupted }
}

/** Brings a talk back into this tab that was cut off by a reload, a crash or a dead network. */
export function Returning() {
  const { remedy, contact } = useRemedy()
  const pickUp = usePickUp().mutate
  const reconnect = useReconnect().mutate
  const [attempt, setAttempt] = useState(0)

  useEffect(() => {
    if (remedy === 'none') return
    let timer: ReturnType<typeof setTimeout>
    // refused: its old end is being hung up, or the switch does not know this telephone yet
    const onError = () => {
      timer = setTimeout(() => setAttempt((n) => n + 1), AGAIN)
    }
    timer = setTimeout(() => {
      if (remedy === 'pick_up') pickUp(contact, { onError })
      else if (remedy === 'reconnect') reconnect(contact, { onError })
      else if (remedy === 'drop') phone.hangUp()
      else phone.forgetInterrupted()
    }, SURE_AFTER[remedy] ?? 0)
    return () => clearTimeout(timer)
  }, [remedy, contact, attempt, pickUp, reconnect])

  useEffect(() => {
    const wake = () => {
      live.hurry()
      phone.refresh()
    }
    document.addEventListener('resume', wake)
    window.addEventListener('online', wake)
    return () => {
      document.removeEventListener('resume', wake)
      window.removeEventListener('online', wake)
    }
  }, [])
  return null
}
