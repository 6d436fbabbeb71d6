/** Everything that calls for the operator's attention when a call comes: sound, notification, title. */

import { tabTitle } from '@/ui/title'
import { onSoundChoice, playOn, soundChoice } from './devices'

let audio: AudioContext | undefined

function opened(): AudioContext {
  if (!audio) {
    audio = new AudioContext()
    void playOn(audio, soundChoice().ring)
    onSoundChoice(() => audio && void playOn(audio, soundChoice().ring))
  }
  return audio
}

/** Browsers let a page sound only after a click: call this from one (becoming ready is a click). */
export function unlockSound(): void {
  const context = opened()
  if (context.state === 'suspended') void context.resume()
}

/** Once, where ringing is heard; from a click. */
export async function ringForTest(): Promise<void> {
  const context = opened()
  if (context.state === 'suspended') await context.resume()
  await playOn(context, soundChoice().ring)
  ringOnce(context)
}

type Ring = readonly (readonly [number, number])[]
/** when (seconds) which pitch (hertz) begins */
const OUTSIDE: Ring = [
  [0, 659.3],
  [0.22, 830.6],
  [0.44, 659.3],
  [0.66, 830.6],
]
const INSIDE: Ring = [
  [0, 440],
  [0.5, 440],
]

function ringOnce(context: AudioContext, ring: Ring = OUTSIDE): void {
  const start = context.currentTime
  const volume = context.createGain()
  volume.connect(context.destination)
  volume.gain.setValueAtTime(0, start)
  for (const [from, pitch] of ring) {
    const tone = context.createOscillator()
    tone.frequency.value = pitch
    tone.connect(volume)
    tone.start(start + from)
    tone.stop(start + from + 0.2)
    volume.gain.linearRampToValueAtTime(0.16, start + from + 0.02)
    volume.gain.linearRampToValueAtTime(0.02, start + from + 0.19)
  }
  volume.gain.linearRampToValueAtTime(0, start + 0.9)
}

export function askForNotifications(): void {
  if (typeof Notification !== 'undefined' && Notification.permission === 'default')
    void Notification.requestPermission()
}

/**
 * Starts all of it and returns how to stop it. `silent`: another telephone rings, nothing shall be heard here; `inside`: a
 * colleague calls.
 */
export function startRinging(title: string, body: string, silent = false, inside = false): () => void {
  let shown = false
  const blink = setInterval(() => {
    shown = !shown
    tabTitle.rings(shown ? body : '')
  }, 700)
  let sound: ReturnType<typeof setInterval> | undefined
  if (audio && !silent) {
    const context = audio
    if (context.state === 'suspended') void context.resume()
    const ring = inside ? INSIDE : OUTSIDE
    ringOnce(context, ring)
    sound = setInterval(() => ringOnce(context, ring), 2_200)
  }
  let notice: Notification | undefined
  if (typeof Notification !== 'undefined' && Notification.permission === 'granted' && !document.hasFocus()) {
    notice = new Notification(title, { body, tag: 'kaska-call', requireInteraction: true })
    notice.onclick = () => {
      window.focus()
      notice?.close()
    }
  }
  return () => {
    clearInterval(blink)
    clearInterval(sound)
    tabTitle.rings('')
    notice?.close()
  }
}
