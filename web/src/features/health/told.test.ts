import { describe, expect, it } from 'vitest'
import { told } from './told'

describe('what a part tells of itself', () => {
  const t = (key: string, { count, rest }: { count: string; rest: string }) => `${key} ${count} ${rest}`.trim()

  it('is said in the words of the page', () => {
    expect(told(t, '29 facts, 3 in memory')).toBe('health.said.facts 29 3')
    expect(told(t, '0 contacts alive')).toBe('health.said.alive 0')
    expect(told(t, 'no answer: OSError; calls go on, facts wait in the journal')).toBe(
      'health.said.database_away  OSError',
    )
  })

  it('stays as it is when nobody knows its form', () => {
    expect(told(t, 'disk is full')).toBe('disk is full')
    expect(told(t, '')).toBe('')
  })
})
