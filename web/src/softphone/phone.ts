import type { UA } from 'jssip'
import type { RTCSession } from 'jssip/lib/RTCSession'
import type { RTCSessionEvent } from 'jssip/lib/UA'
import type { Account } from '@/api/types'
import { type MicrophoneTrouble, troubleOf } from './microphone'
import {
  followMicrophones,
  lookForMicrophones,
  microphoneConstraints,
  onSoundChoice,
  playOn,
  soundChoice,
} from './devices'

export type Registration = 'off' | 'connecting' | 'registered' | 'failed'

export interface PhoneCall {
  /** the contact's identifier, told by the switch in X-Kaska-Contact */
  contact: string
  from: string
  fromName: string
  phase: 'offered' | 'answering' | 'talking'
  since: number
  muted: boolean
  /** a colleague, by his extension: another ring, and no customer */
  inside: boolean
}

export interface PhoneState {
  registration: Registration
  /** why the registration failed, in the switch's words */
  cause: string
  call: PhoneCall | null
  /** why the last answer failed because of the microphone */
  microphoneRefused: MicrophoneTrouble | null
  /** since when no sound passes between this browser and the switch, in seconds; 0 = it passes */
  silentSince: number
  /** the contact whose sound this tab lost in the middle of the talk: by a reload, a crash, a dead network; "" = none */
  interrupted: string
}

const OFF: PhoneState = {
  registration: 'off',
  cause: '',
  call: null,
  microphoneRefused: null,
  silentSince: 0,
  interrupted: '',
}

/** the contact that this tab talks in: outlives a reload, and tells the page after it what was cut off */
const TALK = 'kaska.talk'

const PEER = { iceServers: [], rtcpMuxPolicy: 'require' as const }

/** the switch may refuse for a moment, while it restarts */
const REGISTER_AGAIN = 4_000

/** The telephone in the browser: one registration, one call at a time. Its state is read by `useSyncExternalStore`. */
export class Phone {
  private state: PhoneState = OFF
  private ua: UA | undefined
  private session: RTCSession | undefined
  private readonly listeners = new Set<() => void>()
  private readonly awaited = new Set<string>()
  private readonly speaker: HTMLAudioElement
  private generation = 0

  constructor() {
    this.state = { ...OFF, interrupted: sessionStorage.getItem(TALK) ?? '' }
    this.speaker = new Audio()
    this.speaker.autoplay = true
    this.speaker.dataset.testid = 'remote-audio'
    this.speaker.hidden = true
    document.body.append(this.speaker)
    void playOn(this.speaker, soundChoice().talk)
    followMicrophones()
    let microphone = soundChoice().microphone
    onSoundChoice(() => {
      const chosen = soundChoice()
      void playOn(this.speaker, chosen.talk)
      if (chosen.microphone !== microphone) void this.changeMicrophone().catch(() => undefined)
      microphone = chosen.microphone
    })
  }

  /** Speak into the chosen microphone from now on, also in the middle of a conversation. */
  private async changeMicrophone(): Promise<void> {
    const session = this.session
    const sender = (session?.connection as RTCPeerConnection | null | undefined)
      ?.getSenders()
      .find((one) => one.track?.kind === 'audio')
    if (!session || !sender) return
    await lookForMicrophones()
    const stream = await navigator.mediaDevices.getUserMedia({ audio: microphoneConstraints(soundChoice()) })
    const fresh = stream.getAudioTracks()[0]
    if (!fresh) return
    if (this.session !== session) {
      fresh.stop()
      return
    }
    const before = sender.track
    fresh.enabled = before?.enabled ?? true
    await sender.replaceTrack(fresh)
    before?.stop()
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
  get = (): PhoneState => this.state
  isBusy = (): boolean => this.state.call !== null

  /** Calls of this contact are answered at once: the operator himself asked for it by a click. */
  await(contact: string): void {
    this.awaited.add(contact)
    if (this.state.call?.contact === contact && this.state.call.phase === 'offered') this.answer()
  }

  async start(account: Account): Promise<void> {
    if (this.ua) return
    const generation = ++this.generation
    this.change({ registration: 'connecting', cause: '' })
    const { UA, WebSocketInterface } = await import('jssip')
    if (generation !== this.generation) return
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
    const ua = new UA({
      sockets: [new WebSocketInterface(`${scheme}://${location.host}${account.websocket_path}`)],
      uri: account.uri,
      password: account.password,
      register: true,
      register_expires: 120,
      session_timers: false,
      connection_recovery_min_interval: 1,
      connection_recovery_max_interval: 8,
      user_agent: 'Kaska',
    })
    this.ua = ua
    // one that was stopped still tells how it ended: that is not news of this one
    const tell = (registration: Registration, cause = '') => {
      if (this.ua === ua) this.change({ registration, cause })
    }
    ua.on('connecting', () => tell('connecting'))
    ua.on('disconnected', () => tell('connecting'))
    ua.on('registered', () => tell('registered'))
    ua.on('unregistered', () => tell('connecting'))
    ua.on('registrationFailed', (event: { cause?: string }) => {
      tell('failed', event.cause ?? '')
      setTimeout(() => this.ua === ua && ua.isConnected() && ua.register(), REGISTER_AGAIN)
    })
    ua.on('newRTCSession', (event: RTCSessionEvent) => {
      if (this.ua !== ua || event.originator.toString() !== 'remote') return
      const said: unknown = event.request.getHeader('X-Kaska-Contact')
      const ring: unknown = event.request.getHeader('Alert-Info')
      const alert = typeof ring === 'string' ? ring : ''
      const paged = alert.includes('alert-autoanswer')
      this.offer(event.session, typeof said === 'string' ? said : '', paged || alert.includes('alert-internal'))
      if (paged) this.answerPage(event.session)
    })
    ua.start()
  }

  stop(): void {
    this.generation++
    this.ua?.stop()
    this.ua = undefined
    this.session = undefined
    sessionStorage.removeItem(TALK)
    this.state = OFF
    this.tell()
  }

  /** The page goes in the middle of a talk: no good-bye is said, so that the person is not hung up. */
  leaveTalk(): void {
    this.generation++
    this.ua = undefined
    this.session = undefined
  }

  /** The talk that this tab lost is over, or goes on elsewhere: nothing is to be brought back. */
  forgetInterrupted(): void {
    sessionStorage.removeItem(TALK)
    this.change({ interrupted: '' })
  }

  /** After sleep or a dead network: tell the switch at once that this telephone is here. */
  refresh(): void {
    if (this.ua?.isConnected()) this.ua.register()
  }

  answer(): void {
    if (!this.session || this.state.call?.phase !== 'offered') return
    this.changeCall({ phase: 'answering' })
    this.change({ microphoneRefused: null })
    const audio = microphoneConstraints(soundChoice())
    this.session.answer({ mediaConstraints: { audio, video: false }, pcConfig: PEER })
  }

  /** A colleague speaks to all: heard at once, and not heard, as the switch lets nothing of us through either. */
  private answerPage(session: RTCSession): void {
    if (this.session !== session) return
    session.on('accepted', () => this.session === session && this.setMuted(true))
    this.answer()
  }

  hangUp(): void {
    if (this.session && !this.session.isEnded()) this.session.terminate()
  }

  /** Say "busy" to the switch, which then offers the contact to somebody else. */
  reject(): void {
    if (this.session && this.state.call?.phase === 'offered') this.session.terminate({ status_code: 486 })
  }

  setMuted(muted: boolean): void {
    if (!this.session) return
    if (muted) this.session.mute({ audio: true })
    else this.session.unmute({ audio: true })
    this.changeCall({ muted })
  }

  /** Send one key: 0-9, * or #. */
  press(key: string): void {
    if (this.state.call?.phase !== 'talking') return
    const rfc4733 = 'RFC2833' as never // the library's types make this value an enum that it does not export
    this.session?.sendDTMF(key, { transportType: rfc4733, duration: 120 })
  }

  private offer(session: RTCSession, contact: string, inside: boolean): void {
    const before = this.session
    if (before && !before.isEnded()) {
      // the switch rings anew for a talk that it lost here: the old end of it is dead
      if (this.state.call?.contact !== contact || this.state.call.phase !== 'talking') {
        session.terminate({ status_code: 486 })
        return
      }
      this.session = undefined
      before.terminate()
    }
    this.session = session
    const who = session.remote_identity
    this.change({
      call: {
        contact,
        from: who.uri.user ?? '',
        fromName: who.display_name ?? '',
        phase: 'offered',
        since: Date.now() / 1000,
        muted: false,
        inside,
      },
    })
    this.follow(session)
    if (this.awaited.delete(contact)) this.answer()
  }

  private follow(session: RTCSession): void {
    session.on('peerconnection', ({ peerconnection }) => {
      peerconnection.addEventListener('track', (event) => {
        this.speaker.srcObject = event.streams[0] ?? new MediaStream([event.track])
        void this.speaker.play().catch(() => undefined)
      })
      peerconnection.addEventListener('iceconnectionstatechange', () => {
        if (this.session === session) this.listenTo(peerconnection.iceConnectionState)
      })
    })
    session.on('accepted', () => {
      if (this.session !== session) return
      this.changeCall({ phase: 'talking', since: Date.now() / 1000 })
      const call = this.state.call
      // a colleague just calls again: only a customer's talk is brought back
      if (call && !call.inside) sessionStorage.setItem(TALK, call.contact)
      this.change({ interrupted: '', silentSince: 0 })
    })
    session.on('getusermediafailed', (error) => this.change({ microphoneRefused: troubleOf(error) }))
    this.keepFromDying(session)
    const over = () => {
      if (this.session !== session) return
      sessionStorage.removeItem(TALK)
      // a microphone that was changed in the call is none that the library knows of and lets go
      const connection = session.connection as RTCPeerConnection | null | undefined
      for (const sender of connection?.getSenders() ?? []) sender.track?.stop()
      this.session = undefined
      this.speaker.srcObject = null
      this.change({ call: null, silentSince: 0 })
    }
    session.on('ended', over)
    session.on('failed', over)
  }

  /**
   * The library says good-bye by itself when the way of the sound has died, and the switch would hang up on the person.
   * Here the talk is only interrupted: the switch is asked to ring anew as soon as it is reached.
   */
  private keepFromDying(session: RTCSession): void {
    const terminate = session.terminate.bind(session)
    session.terminate = (options) => {
      if (options?.cause === 'RTP Timeout' && this.session === session && !this.state.call?.inside)
        this.interrupt(session)
      else terminate(options)
    }
  }

  private interrupt(session: RTCSession): void {
    this.session = undefined
    const connection = session.connection as RTCPeerConnection | null | undefined
    for (const sender of connection?.getSenders() ?? []) sender.track?.stop()
    connection?.close()
    this.speaker.srcObject = null
    this.change({ call: null, silentSince: 0, interrupted: this.state.call?.contact ?? '' })
  }

  private listenTo(state: RTCIceConnectionState): void {
    if (state === 'disconnected') this.change({ silentSince: this.state.silentSince || Date.now() / 1000 })
    else if (state === 'connected' || state === 'completed') this.change({ silentSince: 0 })
  }

  private changeCall(part: Partial<PhoneCall>): void {
    if (this.state.call) this.change({ call: { ...this.state.call, ...part } })
  }

  private change(part: Partial<PhoneState>): void {
    this.state = { ...this.state, ...part }
    this.tell()
  }

  private tell(): void {
    for (const listener of this.listeners) listener()
  }
}
