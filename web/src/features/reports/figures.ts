import { duration, percent, tagOf } from '@/ui/format'
import type { Column, Pair } from './queries'

export function said(pair: Pair, locale: string): string {
  return locale === 'en' ? pair.en : pair.ru
}

/** Columns under one heading, from the column number `first` on. */
export interface Group {
  title: string
  first: number
  columns: Column[]
}

export function groupsOf(columns: Column[], locale: string): Group[] {
  const groups: Group[] = []
  columns.forEach((column, at) => {
    const title = said(column.group, locale)
    const last = groups[groups.length - 1]
    if (last?.title === title) last.columns.push(column)
    else groups.push({ title, first: at, columns: [column] })
  })
  return groups
}

/** A figure as people read it; "–" where there is nothing to divide by. */
export function written(value: number | null, kind: Column['kind'], locale: string): string {
  if (value === null) return '–'
  if (kind === 'seconds') return duration(Math.round(value))
  if (kind === 'share') return percent(value, locale, 1)
  const digits = kind === 'money' ? 2 : 0
  return value.toLocaleString(tagOf(locale), { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

export interface Change {
  text: string
  tone: 'good' | 'bad' | 'away'
}

/** How much a figure changed against the period before; undefined when that cannot be told. */
export function change(
  now: number | null,
  before: number | null | undefined,
  column: Pick<Column, 'kind' | 'good'>,
  locale: string,
): Change | undefined {
  if (now === null || before === null || before === undefined) return undefined
  const by = column.kind === 'share' ? (now - before) * 100 : before === 0 ? undefined : (now / before - 1) * 100
  if (by === undefined) return undefined
  const rounded = Math.round(by * 10) / 10
  const sign = rounded > 0 ? '+' : rounded < 0 ? '−' : ''
  const size = Math.abs(rounded).toLocaleString(tagOf(locale), { maximumFractionDigits: 1 })
  const unit = column.kind === 'share' ? (locale === 'en' ? ' pp' : ' п. п.') : locale === 'en' ? '%' : ' %'
  const better = column.good === '' || rounded === 0 ? undefined : rounded > 0 === (column.good === 'more')
  return { text: `${sign}${size}${unit}`, tone: better === undefined ? 'away' : better ? 'good' : 'bad' }
}
