import { microphoneConstraints, soundChoice } from './devices'
import type { UA } from 'jssip'
import type { RTCSession } from 'jssip/lib/RTCSession'

export type CallStage = 'idle' | 'dialling' | 'listening' | 'over' | 'failed'

export interface CallerState {
  stage: CallStage
  /** why it failed, in the switch's words */
  cause: string
}

export interface CallerAccount {
  uri: string
  password: string
  websocket_path: string
  number: string
}

const PATIENCE_MS = 10_000
const AGAIN_MS = 1_000
const REFUSED = new Set(['Authentication Error', 'Not Found', 'Rejected', 'Unavailable'])

/** A customer's telephone in this page, to try the company by: it calls one number and hears what a customer hears. */
export class TestCaller {
  private ua: UA | undefined
  private state: CallerState = { stage: 'idle', cause: '' }
  private readonly listeners = new Set<() => void>()
  private speaker: HTMLAudioElement | undefined
  private session: RTCSession | undefined

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
  get = (): CallerState => this.state

  /** `patient`: a line that was made a moment ago may not be known to the switch yet; tried again for some seconds. */
  async call(account: CallerAccount, { patient = false } = {}): Promise<void> {
    this.hangUp()
    this.change({ stage: 'dialling', cause: '' })
    const until = patient ? Date.now() + PATIENCE_MS : 0
    const { UA, WebSocketInterface } = await import('jssip')
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
    const ua = new UA({
      sockets: [new WebSocketInterface(`${scheme}://${location.host}${account.websocket_path}`)],
      uri: account.uri,
      password: account.password,
      register: false,
      session_timers: false,
      user_agent: 'Kaska',
    })
    this.ua = ua
    const host = account.uri.split('@')[1] ?? location.hostname
    ua.on('connected', () => this.ua === ua && this.dial(ua, `sip:${account.number}@${host}`, until))
    ua.on('disconnected', () => this.ua === ua && this.state.stage !== 'over' && this.end('failed', 'WebSocket'))
    ua.start()
  }

  hangUp(): void {
    const ua = this.ua
    if (!ua) return
    this.end('over')
    ua.terminateSessions()
    ua.stop()
  }

  /** Send one key: 0-9, * or #. */
  press(key: string): void {
    if (this.state.stage !== 'listening') return
    const rfc4733 = 'RFC2833' as never // the library's types make this value an enum that it does not export
    this.session?.sendDTMF(key, { transportType: rfc4733, duration: 120 })
  }

  private dial(ua: UA, target: string, until: number): void {
    this.session = ua.call(target, {
      mediaConstraints: { audio: microphoneConstraints(soundChoice()), video: false },
      pcConfig: { iceServers: [], rtcpMuxPolicy: 'require' },
      eventHandlers: {
        peerconnection: ({ peerconnection }: { peerconnection: RTCPeerConnection }) =>
          peerconnection.addEventListener('track', (event) => this.play(event)),
        accepted: () => this.change({ stage: 'listening', cause: '' }),
        ended: () => this.end('over'),
        failed: ({ cause = '' }: { cause?: string }) => {
          if (this.ua !== ua) return
          if (Date.now() < until && REFUSED.has(cause))
            setTimeout(() => this.ua === ua && this.dial(ua, target, until), AGAIN_MS)
          else this.end('failed', cause)
        },
      },
    })
  }

  private play(event: RTCTrackEvent): void {
    this.speaker ??= new Audio()
    this.speaker.autoplay = true
    this.speaker.srcObject = event.streams[0] ?? new MediaStream([event.track])
    void this.speaker.play().catch(() => undefined)
  }

  private end(stage: CallStage, cause = ''): void {
    const ua = this.ua
    this.ua = this.session = undefined
    if (this.speaker) this.speaker.srcObject = null
    this.change({ stage, cause })
    if (ua) setTimeout(() => ua.stop(), 500)
  }

  private change(state: CallerState): void {
    this.state = state
    for (const listener of this.listeners) listener()
  }
}
