import { isMicrophonePossible, type MicrophoneTrouble } from './microphone'

/**
 * What keeps the microphone from being opened, known without opening it: forbidden, unplugged, no https. Told anew
 * when the person changes a permission or plugs something in. A browser that does not tell is believed to be well.
 */
export class MicrophoneWatch {
  private trouble: MicrophoneTrouble | null = null
  private denied = false
  private missing = false
  private isWatching = false
  private readonly listeners = new Set<() => void>()

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    if (!this.isWatching) this.watch()
    return () => this.listeners.delete(listener)
  }
  get = (): MicrophoneTrouble | null => this.trouble

  private watch(): void {
    this.isWatching = true
    if (!isMicrophonePossible()) {
      this.tell('insecure')
      return
    }
    const { permissions, mediaDevices } = navigator
    permissions
      .query({ name: 'microphone' })
      .then((status) => {
        const look = () => {
          this.denied = status.state === 'denied'
          this.weigh()
        }
        status.onchange = look
        look()
      })
      .catch(() => undefined)
    const count = () => {
      mediaDevices
        .enumerateDevices()
        .then((found) => {
          this.missing = !found.some((one) => one.kind === 'audioinput')
          this.weigh()
        })
        .catch(() => undefined)
    }
    mediaDevices.addEventListener('devicechange', count)
    count()
  }

  private weigh(): void {
    this.tell(this.denied ? 'denied' : this.missing ? 'missing' : null)
  }

  private tell(trouble: MicrophoneTrouble | null): void {
    if (this.trouble === trouble) return
    this.trouble = trouble
    for (const listener of this.listeners) listener()
  }
}
