/** Opening and measuring the microphone. */

import { lookForMicrophones, microphoneConstraints, soundChoice } from './devices'

export type MicrophoneTrouble = 'insecure' | 'denied' | 'missing' | 'busy' | 'other'

export interface OpenMicrophone {
  stream: MediaStream
  label: string
  /** loudness now, 0 to 1 */
  level: () => number
  close: () => void
}

export function troubleOf(error: unknown): MicrophoneTrouble {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing'
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy'
  return 'other'
}

export function isMicrophonePossible(): boolean {
  // browsers differ from the types here: without https there is no mediaDevices at all
  const devices = navigator.mediaDevices as MediaDevices | undefined
  return window.isSecureContext && devices !== undefined
}

/** Root mean square of the samples on a scale where ordinary speech reaches about the middle. */
export function loudness(samples: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < samples.length; i++) {
    const value = samples[i] ?? 0
    sum += value * value
  }
  const rms = Math.sqrt(sum / Math.max(samples.length, 1))
  if (rms < 1e-5) return 0
  const decibels = 20 * Math.log10(rms)
  return Math.min(1, Math.max(0, (decibels + 60) / 55))
}

/** Throws what getUserMedia throws; see `troubleOf`. */
export async function openMicrophone(): Promise<OpenMicrophone> {
  await lookForMicrophones()
  const stream = await navigator.mediaDevices.getUserMedia({ audio: microphoneConstraints(soundChoice()) })
  await lookForMicrophones() // only now some browsers tell which there are
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  analyser.fftSize = 1024
  context.createMediaStreamSource(stream).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  return {
    stream,
    label: stream.getAudioTracks()[0]?.label ?? '',
    level: () => {
      analyser.getFloatTimeDomainData(samples)
      return loudness(samples)
    },
    close: () => {
      for (const track of stream.getTracks()) track.stop()
      void context.close()
    },
  }
}
