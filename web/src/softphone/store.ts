import { useSyncExternalStore } from 'react'
import { Phone, type PhoneCall, type PhoneState } from './phone'
import { type Holding, PhoneTab } from './tab'

export type { PhoneCall }

export const phone = new Phone()
export const phoneTab = new PhoneTab(phone.isBusy)

export function usePhone(): PhoneState {
  return useSyncExternalStore(phone.subscribe, phone.get)
}

export function useHolding(): Holding {
  return useSyncExternalStore(phoneTab.subscribe, phoneTab.get)
}
