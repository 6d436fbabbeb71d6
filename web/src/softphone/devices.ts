/** Which microphone, and where talk and ringing are heard: chosen once in each browser. "" = the system's choice. */

export interface SoundChoice {
  microphone: string
  talk: string
  ring: string
}

export type SoundRole = keyof SoundChoice

export interface SoundDevice {
  id: string
  label: string
}

const KEY = 'kaska.sound'
const SYSTEM: SoundChoice = { microphone: '', talk: '', ring: '' }
const listeners = new Set<() => void>()
let remembered: SoundChoice | undefined

/** What was remembered, whatever else stands there. */
export function parseChoice(text: string | null): SoundChoice {
  let found: unknown
  try {
    found = JSON.parse(text ?? '')
  } catch {
    return SYSTEM
  }
  if (typeof found !== 'object' || found === null) return SYSTEM
  const of = (role: SoundRole) => {
    const value = (found as Record<string, unknown>)[role]
    return typeof value === 'string' ? value : ''
  }
  return { microphone: of('microphone'), talk: of('talk'), ring: of('ring') }
}

export function soundChoice(): SoundChoice {
  remembered ??= parseChoice(localStorage.getItem(KEY))
  return remembered
}

export function chooseSound(part: Partial<SoundChoice>): void {
  remembered = { ...soundChoice(), ...part }
  localStorage.setItem(KEY, JSON.stringify(remembered))
  for (const listener of listeners) listener()
}

export function onSoundChoice(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

let plugged: ReadonlySet<string> = new Set()

/** Which microphones there are now; browsers tell it only to a page that was let in. */
export async function lookForMicrophones(): Promise<void> {
  // without https there is no mediaDevices at all, whatever the types say
  const devices = navigator.mediaDevices as MediaDevices | undefined
  const found = (await devices?.enumerateDevices().catch(() => [])) ?? []
  plugged = new Set(ofKind(found, 'audioinput').map((one) => one.id))
}

/** Knows from now on which microphones are plugged in, for a call is answered without time to ask. */
export function followMicrophones(): void {
  const devices = navigator.mediaDevices as MediaDevices | undefined
  devices?.addEventListener('devicechange', () => void lookForMicrophones())
  void lookForMicrophones()
}

/**
 * The chosen microphone when it is plugged in, else any: a call is not lost for a headset left at home. Demanded, for
 * browsers pass over a mere wish.
 */
export function microphoneConstraints(
  choice: SoundChoice,
  there: ReadonlySet<string> = plugged,
): MediaTrackConstraints {
  return {
    echoCancellation: true,
    noiseSuppression: true,
    ...(there.has(choice.microphone) ? { deviceId: { exact: choice.microphone } } : {}),
  }
}

/** Of one kind, without the aliases that browsers add for the system's choice. */
export function ofKind(
  found: readonly Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'label'>[],
  kind: string,
): SoundDevice[] {
  return found
    .filter((one) => one.kind === kind && one.deviceId && !['default', 'communications'].includes(one.deviceId))
    .map((one, index) => ({ id: one.deviceId, label: one.label || `${index + 1}` }))
}

/** Sends sound to a device; to the system's when that one is gone or the browser cannot choose. */
export async function playOn(player: object, device: string): Promise<boolean> {
  const able = player as { setSinkId?: (device: string) => Promise<void> }
  if (!able.setSinkId) return device === ''
  try {
    await able.setSinkId(device)
    return true
  } catch {
    await able.setSinkId('').catch(() => undefined)
    return false
  }
}

export function canChooseOutput(): boolean {
  return 'setSinkId' in HTMLMediaElement.prototype
}
