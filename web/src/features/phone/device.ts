import { useSyncExternalStore } from 'react'

/** Where calls ring: in this browser or on a SIP telephone. Kept on this machine. */
export type Device = 'web' | 'phone'

const KEY = 'kaska.device'
const CHECKED = 'kaska.microphone'
const listeners = new Set<() => void>()
/** chosen by a click and not told to the server yet */
let wished: Device | undefined

function read(): Device {
  return localStorage.getItem(KEY) === 'phone' ? 'phone' : 'web'
}

export function chooseDevice(device: Device): void {
  localStorage.setItem(KEY, device)
  wished = device
  for (const listener of listeners) listener()
}

export function useWishedDevice(): Device | undefined {
  return useSyncExternalStore(subscribe, () => wished)
}

export function wishIsTold(): void {
  wished = undefined
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

export function useDevice(): Device {
  return useSyncExternalStore(subscribe, read)
}

/** The microphone was heard in this browser session. */
export function isMicrophoneChecked(): boolean {
  return sessionStorage.getItem(CHECKED) === 'yes'
}

export function rememberMicrophoneCheck(passed: boolean): void {
  if (passed) sessionStorage.setItem(CHECKED, 'yes')
  else sessionStorage.removeItem(CHECKED)
}
