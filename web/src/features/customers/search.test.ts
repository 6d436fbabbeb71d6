import { describe, expect, it } from 'vitest'
import { parseCustomerSearch, parseTags } from './search'

describe('the address of the list', () => {
  it('keeps the text and the open card', () => {
    expect(parseCustomerSearch({ text: 'ёлкина', open: 'c-1', other: 'x' })).toEqual({ text: 'ёлкина', open: 'c-1' })
  })
  it('takes digits for text', () => {
    expect(parseCustomerSearch({ text: 4567, open: '' })).toEqual({ text: '4567' })
  })
})

describe('tags', () => {
  it('are separated by commas, each once', () => {
    expect(parseTags(' опт, срочно ,, опт')).toEqual(['опт', 'срочно'])
    expect(parseTags('')).toEqual([])
  })
})
