import { describe, expect, it } from 'vitest'
import { microphoneConstraints, ofKind, parseChoice, playOn } from './devices'

describe('sound devices', () => {
  it('are remembered, and nonsense in the storage is the system’s choice', () => {
    const system = { microphone: '', talk: '', ring: '' }
    for (const text of [null, '', '{', '7', 'null', '[]', '{"talk": 5}']) expect(parseChoice(text)).toEqual(system)
    expect(parseChoice('{"talk":"headset","ring":"speakers"}')).toEqual({
      ...system,
      talk: 'headset',
      ring: 'speakers',
    })
  })

  it('never make a call fail: a chosen microphone is demanded where it is, and passed over where it is not', () => {
    const choice = { microphone: 'headset', talk: '', ring: '' }
    expect(microphoneConstraints(choice, new Set(['headset'])).deviceId).toEqual({ exact: 'headset' })
    expect(microphoneConstraints(choice, new Set(['other']))).not.toHaveProperty('deviceId')
    expect(microphoneConstraints({ ...choice, microphone: '' }, new Set(['headset']))).not.toHaveProperty('deviceId')
  })

  it('are listed once each, also before the browser tells their names', () => {
    const one = (kind: MediaDeviceKind, deviceId: string, label = '') => ({ kind, deviceId, label })
    const found = [
      one('audiooutput', 'default', 'Default'),
      one('audiooutput', 'a', 'Headset'),
      one('audioinput', 'b', 'Microphone'),
      one('audiooutput', 'communications'),
      one('audiooutput', 'c'),
      one('audiooutput', ''),
    ]
    expect(ofKind(found, 'audiooutput')).toEqual([
      { id: 'a', label: 'Headset' },
      { id: 'c', label: '2' },
    ])
  })

  it('fall back to the system’s when the chosen one is gone', async () => {
    const asked: string[] = []
    const player = {
      setSinkId: (device: string) => {
        asked.push(device)
        return device === 'gone' ? Promise.reject(new Error('NotFoundError')) : Promise.resolve()
      },
    }
    expect(await playOn(player, 'gone')).toBe(false)
    expect(asked).toEqual(['gone', ''])
    expect(await playOn(player, 'here')).toBe(true)
    expect(await playOn({}, 'here')).toBe(false)
  })
})
