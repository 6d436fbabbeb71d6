import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { phone, phoneTab, useHolding, usePhone } from '@/softphone/store'
import { startRinging } from '@/softphone/ring'
import { callerName, phoneNumber } from '@/ui/format'
import { useAccounts } from './actions'
import { useDevice } from './device'
import { useMyCall } from './mine'

/** Keeps the browser's telephone registered while this tab holds it, and calls for attention when a call comes. */
export function PhoneKeeper() {
  const { t } = useTranslation()
  const device = useDevice()
  const holding = useHolding()
  const { data } = useAccounts()
  const { call } = usePhone()
  const mine = useMyCall()
  const account = data?.web
  const wanted = device === 'web' && !!account

  useEffect(() => {
    if (wanted) phoneTab.claim()
  }, [wanted])

  useEffect(() => {
    if (!wanted || holding !== 'here') return
    void phone.start(account)
    return () => phone.stop()
  }, [wanted, holding, account])

  const offered = mine.stage === 'offered' && (call?.phase === 'offered' || device === 'phone')
  const number = mine.row?.customer || mine.row?.caller || call?.from || ''
  const caller = callerName(mine.row?.caller_name) || phoneNumber(number) || t('withheld')
  const shown = useRef(caller)
  useEffect(() => {
    shown.current = caller
  })
  useEffect(() => {
    if (offered) return startRinging(t('phone.incoming'), shown.current)
  }, [offered, t])

  const talking = call !== null
  useEffect(() => {
    if (!talking) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [talking])

  useEffect(() => {
    const leave = () => phone.stop()
    window.addEventListener('pagehide', leave)
    return () => window.removeEventListener('pagehide', leave)
  }, [])

  return null
}
