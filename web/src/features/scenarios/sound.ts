import { useSyncExternalStore } from 'react'

/** One loudspeaker for all recordings: what is started stops what plays. */
class Speaker {
  private audio: HTMLAudioElement | undefined
  private name = ''
  private readonly listeners = new Set<() => void>()

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
  playing = (): string => this.name

  /** Resolves when it was heard to its end, or stopped; false when it cannot be played. */
  play(name: string): Promise<boolean> {
    this.stop()
    const audio = new Audio(`/api/prompts/${name}`)
    this.audio = audio
    this.tell(name)
    return new Promise((done) => {
      const over = (heard: boolean) => {
        if (this.audio === audio) {
          this.audio = undefined
          this.tell('')
        }
        done(heard)
      }
      audio.onended = () => over(true)
      audio.onpause = () => over(true)
      audio.onerror = () => over(false)
      audio.play().catch(() => over(false))
    })
  }

  stop(): void {
    this.audio?.pause()
    this.audio = undefined
    this.tell('')
  }

  private tell(name: string): void {
    this.name = name
    for (const listener of this.listeners) listener()
  }
}

export const speaker = new Speaker()

export function usePlaying(): string {
  return useSyncExternalStore(speaker.subscribe, speaker.playing)
}

const RATE = 8000

/** Any sound that this browser can read, as a WAV of 8 kHz mono; undefined when it cannot. */
export async function asWave(file: Blob): Promise<Blob | undefined> {
  try {
    const decoded = await new OfflineAudioContext(1, 1, 48_000).decodeAudioData(await file.arrayBuffer())
    const context = new OfflineAudioContext(1, Math.max(1, Math.ceil(decoded.duration * RATE)), RATE)
    const source = context.createBufferSource()
    source.buffer = decoded
    source.connect(context.destination)
    source.start()
    return waveOf((await context.startRendering()).getChannelData(0))
  } catch {
    return undefined
  }
}

/** Samples of −1…1 at RATE as a 16 bit WAV file. */
export function waveOf(samples: Float32Array): Blob {
  const view = new DataView(new ArrayBuffer(44 + samples.length * 2))
  const text = (at: number, word: string) =>
    [...word].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)))
  text(0, 'RIFF')
  view.setUint32(4, 36 + samples.length * 2, true)
  text(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, RATE, true)
  view.setUint32(28, RATE * 2, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  text(36, 'data')
  view.setUint32(40, samples.length * 2, true)
  samples.forEach((sample, index) =>
    view.setInt16(44 + index * 2, Math.round(Math.max(-1, Math.min(1, sample)) * 32767), true),
  )
  return new Blob([view.buffer], { type: 'audio/wav' })
}
