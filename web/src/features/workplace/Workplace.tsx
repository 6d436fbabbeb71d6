import { useEffect, useState } from 'react'
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

/** The second click of two quick ones orders nothing: by then it may be the opposite, or another button is there. */
function once(event: MouseEvent): void {
  const button =
    event.detail > 1 && event.target instanceof Element && event.target.closest('.k-rail button, .k-rows button')
  if (!button || button.closest('.k-keypad')) return
  event.preventDefault()
  event.stopPropagation()
}

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

  useEffect(() => {
    window.addEventListener('click', once, true)
    return () => window.removeEventListener('click', once, true)
  }, [])
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
