import { microphoneConstraints, soundChoice } from './devices'
import type { UA } from 'jssip'

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

/** A customer's telephone in this page, to try the company by: it calls one number and hears what a customer hears. */
export class TestCaller {
  private ua: UA | undefined
  private state: CallerState = { stage: 'idle', cause: '' }
  private readonly listeners = new Set<() => void>()
  private speaker: HTMLAudioElement | undefined

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
  get = (): CallerState => this.state

  async call(account: CallerAccount): Promise<void> {
    this.hangUp()
    this.change({ stage: 'dialling', cause: '' })
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
    ua.on('connected', () => this.ua === ua && this.dial(ua, `sip:${account.number}@${host}`))
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

  private dial(ua: UA, target: string): void {
    ua.call(target, {
      mediaConstraints: { audio: microphoneConstraints(soundChoice()), video: false },
      pcConfig: { iceServers: [], rtcpMuxPolicy: 'require' },
      eventHandlers: {
        peerconnection: ({ peerconnection }: { peerconnection: RTCPeerConnection }) =>
          peerconnection.addEventListener('track', (event) => this.play(event)),
        accepted: () => this.change({ stage: 'listening', cause: '' }),
        ended: () => this.end('over'),
        failed: ({ cause }: { cause?: string }) => this.end('failed', cause),
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
    this.ua = undefined
    if (this.speaker) this.speaker.srcObject = null
    this.change({ stage, cause })
    if (ua) setTimeout(() => ua.stop(), 500)
  }

  private change(state: CallerState): void {
    this.state = state
    for (const listener of this.listeners) listener()
  }
}
