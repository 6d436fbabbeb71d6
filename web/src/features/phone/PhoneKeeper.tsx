import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { sendOnLeaving } from '@/api/client'
import { phone, phoneTab, useHolding, useMicrophoneTrouble, usePhone } from '@/softphone/store'
import { startRinging } from '@/softphone/ring'
import { callerName, phoneNumber } from '@/ui/format'
import { useAccounts, useSetState } from './actions'
import { rememberMicrophoneCheck, useDevice, useWishedDevice, wishIsTold } from './device'
import { useMyCall, useMyRow } from './mine'
import { Returning } from './Returning'

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

  const deskRings = device === 'phone' && call === null
  const offered = mine.stage === 'offered' && (call?.phase === 'offered' || deskRings)
  const number = mine.row?.customer || mine.row?.caller || call?.from || ''
  const colleague = call?.inside ? call.fromName : ''
  const caller = colleague || callerName(mine.row?.caller_name) || phoneNumber(number) || t('withheld')
  const inside = mine.inside !== null || (call?.inside ?? false)
  const shown = useRef(caller)
  useEffect(() => {
    shown.current = caller
  })
  useEffect(() => {
    const title = t(inside ? 'inside.incoming' : 'phone.incoming')
    if (offered) return startRinging(title, shown.current, deskRings, inside)
  }, [offered, deskRings, inside, t])

  const talking = call !== null
  useEffect(() => {
    if (!talking) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [talking])

  // whoever reloads in a talk leaves the person with music; the next page, or a colleague, takes him from there
  const alone = mine.askedBy === '' && mine.row?.consults.length === 0
  const leaves = call?.phase === 'talking' && mine.stage === 'talking' && alone ? mine.contact : ''
  useEffect(() => {
    const leave = () => {
      if (!leaves) {
        phone.stop()
        return
      }
      sendOnLeaving(`/api/agents/me/calls/${encodeURIComponent(leaves)}/park`)
      phone.leaveTalk()
    }
    const back = (event: PageTransitionEvent) => event.persisted && location.reload()
    window.addEventListener('pagehide', leave)
    window.addEventListener('pageshow', back)
    return () => {
      window.removeEventListener('pagehide', leave)
      window.removeEventListener('pageshow', back)
    }
  }, [leaves])

  useDeviceWish()
  useNoCallsUnheard()
  return <Returning />
}

/** While I am ready, another choice of the telephone is told to the server at once. */
function useDeviceWish() {
  const wish = useWishedDevice()
  const mine = useMyRow()
  const { data } = useAccounts()
  const set = useSetState().mutate
  const there = mine?.reachable[(wish && data?.[wish]?.username) ?? ''] ?? false
  const ready = mine?.state === 'ready'
  const told = mine?.device === wish
  useEffect(() => {
    if (!wish) return
    if (told || !ready) wishIsTold()
    else if (there) set({ state: 'ready', device: wish }, { onSettled: wishIsTold })
    else if (wish === 'phone')
      set({ state: 'break', reason: 'technical', device: wish, insists: true }, { onSettled: wishIsTold })
  }, [wish, ready, told, there, set])
}

/** Nobody is offered calls at a browser that could not let him be heard. */
function useNoCallsUnheard() {
  const trouble = useMicrophoneTrouble()
  const { microphoneRefused } = usePhone()
  const mine = useMyRow()
  const set = useSetState().mutate
  const unheard = useDevice() === 'web' && mine?.device === 'web' && trouble !== null && mine.state === 'ready'
  useEffect(() => {
    if (unheard) set({ state: 'break', reason: 'technical', device: 'web', insists: true })
  }, [unheard, set])
  useEffect(() => {
    if (trouble ?? microphoneRefused) rememberMicrophoneCheck(false)
  }, [trouble, microphoneRefused])
}
