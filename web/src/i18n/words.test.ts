import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import i18next from 'i18next'
import { describe, expect, it } from 'vitest'
import { SECTIONS } from '@/features/reports/sections'
import { lazyWords } from './lazy'
import { resources } from './resources'

type Words = { [key: string]: string | Words }

const PLURAL = /_(one|few|many|other)$/

function flat(words: Words, prefix = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === 'string') found.set(prefix + key, value)
    else for (const [inner, text] of flat(value, `${prefix}${key}.`)) found.set(inner, text)
  }
  return found
}

const ru = flat({ ...resources.ru.translation, ...lazyWords.ru })
const en = flat({ ...resources.en.translation, ...lazyWords.en })
const base = (keys: Iterable<string>) => [...new Set([...keys].map((key) => key.replace(PLURAL, '')))].sort()

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sources(path)
    return /\.tsx?$/.test(path) && !path.endsWith('.test.ts') ? [readFileSync(path, 'utf8')] : []
  })
}

const SRC = join(import.meta.dirname, '..')

/** What a file imports of ours, and what these import; not what is loaded later, and no types. */
function loadedWith(file: string, found = new Map<string, string>()): Map<string, string> {
  if (found.has(file)) return found
  const text = readFileSync(file, 'utf8')
  found.set(file, text)
  for (const [, names, from] of text.matchAll(/^import\s+(?!type\b)([^'"]*?)'([^']+)'/gms))
    if (names !== undefined && from !== undefined && /^(@\/|\.)/.test(from)) {
      const path = from.startsWith('@/') ? join(SRC, from.slice(2)) : join(file, '..', from)
      const there = ['.ts', '.tsx', '/index.ts'].map((ending) => path + ending).find((one) => existsSync(one))
      if (there) loadedWith(there, found)
    }
  return found
}

describe('words', () => {
  it('that are loaded late are loaded with every page that says them', () => {
    const late = Object.keys(lazyWords.ru).filter((area) => !(area in resources.ru.translation))
    const says = new RegExp(`['"\`](${late.join('|')})\\.[a-z]`)
    const router = readFileSync(join(SRC, 'router.tsx'), 'utf8')
    const pages = [...router.matchAll(/lazyRouteComponent\(\(\) => import\('\.\/([^']+)'/g)].map((one) => one[1] ?? '')
    expect(pages.length).toBeGreaterThan(15)
    const silent = ['Gate', ...pages].filter((page) => {
      const files = loadedWith(join(SRC, `${page}.tsx`))
      return !files.has(join(SRC, 'i18n/lazy.ts')) && [...files.values()].some((text) => says.test(text))
    })
    expect(silent).toEqual([])
  })

  it('of one area are in one file: of two with one name the later would hide the other', async () => {
    for (const language of ['ru', 'en']) {
      const folder = join(import.meta.dirname, language)
      const areas: string[] = []
      for (const file of readdirSync(folder)) {
        const words = Object.values((await import(join(folder, file))) as Record<string, object>)
        areas.push(...words.flatMap((area) => Object.keys(area)))
      }
      expect(areas.filter((area, at) => areas.indexOf(area) !== at)).toEqual([])
    }
  })

  it('of the lists of sections are there before a section is opened', () => {
    const first = flat(resources.ru.translation)
    for (const section of SECTIONS) expect(first.has(section.words), section.words).toBe(true)
  })

  it('exist in both languages', () => {
    expect(base(en.keys())).toEqual(base(ru.keys()))
  })

  it('take the same values in both languages', () => {
    const holes = (text: string) => [...text.matchAll(/{{(\w+)}}/g)].map((match) => match[1]).sort()
    for (const [key, text] of en)
      expect(holes(text), key).toEqual(holes(ru.get(key) ?? ru.get(key.replace(PLURAL, '_few')) ?? ''))
  })

  it('have every plural form that their language has', () => {
    for (const [words, forms] of [
      [ru, ['one', 'few', 'many', 'other']],
      [en, ['one', 'other']],
    ] as const)
      for (const key of words.keys()) {
        if (!PLURAL.test(key)) continue
        for (const form of forms) expect(words.has(key.replace(PLURAL, `_${form}`)), `${key} in ${form}`).toBe(true)
      }
  })

  it('are there for every key that a screen names', () => {
    const known = new Set([...ru.keys(), ...base(ru.keys())])
    const named = sources(join(import.meta.dirname, '..')).flatMap((text) =>
      [...text.matchAll(/\bt\(\s*'([a-z0-9_.]+)'/g)].map((match) => match[1] ?? ''),
    )
    expect(named.length).toBeGreaterThan(100)
    expect(named.filter((key) => !known.has(key))).toEqual([])
  })

  it('count in Russian', async () => {
    const words = i18next.createInstance()
    await words.init({ lng: 'ru', resources, showSupportNotice: false })
    expect([1, 3, 11, 21, 25].map((count) => words.t('debts.count', { count }))).toEqual([
      '1 долг',
      '3 долга',
      '11 долгов',
      '21 долг',
      '25 долгов',
    ])
  })
})
