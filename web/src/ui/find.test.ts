import { describe, expect, it } from 'vitest'
import { isSaid } from './find'
import { following } from './FindBox'

describe('finding in a long list', () => {
  it('goes from box to box and then leaves the key to the browser', () => {
    expect(following(['a', 'b'], undefined)).toBe('a')
    expect(following(['a', 'b'], 'a')).toBe('b')
    expect(following(['a', 'b'], 'b')).toBeUndefined()
    expect(following([], undefined)).toBeUndefined()
  })

  it('finds a number however it is written, a name without regard to ё and case', () => {
    const call = { number: '+74950000123', words: ['Пётр Ильин', 'Продажи'] }
    for (const text of ['', '  ', '0-01-23', '8 495 000', 'петр', 'ПРОДАЖИ'])
      expect(isSaid(call.number, call.words, text), text).toBe(true)
    for (const text of ['999', 'Сервис', '+7 496']) expect(isSaid(call.number, call.words, text), text).toBe(false)
  })
})
