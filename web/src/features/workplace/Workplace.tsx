import { useState } from 'react'
import { CallCard } from '@/features/phone/CallCard'
import { useSetState } from '@/features/phone/actions'
import { useDevice } from '@/features/phone/device'
import { DeviceCard } from '@/features/phone/DeviceCard'
import { Happened } from '@/features/phone/Happened'
import { useMyRow } from '@/features/phone/mine'
import { StateCard } from '@/features/phone/StateCard'
import { ContactInHand } from './ContactInHand'
import { LinePanel } from './LinePanel'
import { SidePanel } from './SidePanel'
import './workplace.css'

/** The operator's one screen. */
export function Workplace() {
  const [checking, setChecking] = useState(false)
  const [becomeReady, setBecomeReady] = useState(false)
  const device = useDevice()
  const mine = useMyRow()
  const change = useSetState()

  const check = (open: boolean, ready = false) => {
    setChecking(open)
    setBecomeReady(open && ready)
  }
  const passed = () => {
    if (becomeReady && mine?.state !== 'talking') change.mutate({ state: 'ready', device })
    check(false)
  }

  return (
    <div className="k-workplace">
      <div className="k-rail">
        <Happened />
        <StateCard onCheckNeeded={() => check(true, true)} />
        <CallCard />
        <DeviceCard checking={checking} onCheck={check} onPassed={passed} />
      </div>
      <ContactInHand />
      <div className="k-side">
        <LinePanel />
        <SidePanel />
      </div>
    </div>
  )
}
