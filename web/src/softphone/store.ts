import { useSyncExternalStore } from 'react'
import type { MicrophoneTrouble } from './microphone'
import { MicrophoneWatch } from './microphoneWatch'
import { Phone, type PhoneCall, type PhoneState } from './phone'
import { type Holding, PhoneTab } from './tab'

export type { PhoneCall }

export const phone = new Phone()
export const phoneTab = new PhoneTab(phone.isBusy)

const microphone = new MicrophoneWatch()
phone.subscribe(() => phoneTab.callIs(phone.isBusy()))

export function usePhone(): PhoneState {
  return useSyncExternalStore(phone.subscribe, phone.get)
}

export function useHolding(): Holding {
  return useSyncExternalStore(phoneTab.subscribe, phoneTab.get)
}

/** Why the microphone cannot be opened; null = nothing is known against it. */
export function useMicrophoneTrouble(): MicrophoneTrouble | null {
  return useSyncExternalStore(microphone.subscribe, microphone.get)
}
