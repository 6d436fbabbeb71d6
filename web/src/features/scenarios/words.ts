import { t } from 'i18next'
import { describe, readCondition } from './conditions'
import {
  choicesOf,
  type Kind,
  type KindField,
  mapOf,
  type Node,
  questionsOf,
  textOf,
  textsOf,
  type Way,
} from './document'
import type { Names } from './queries'

export interface Speech {
  names: Names
  titles: ReadonlyMap<string, string>
  look: Readonly<Record<string, string>>
}

/** What a way is called: the digit, the mode, the condition in words, or the kind's own word. */
export function wayWords(node: Node, way: Way, kind: Kind | undefined, speech: Speech): string {
  const value = node[way.field]
  if (Array.isArray(value)) {
    const choice = choicesOf(value)[Number(way.key)]
    return choice ? conditionWords(choice.when, speech) : way.key
  }
  if (way.field === 'modes') return modeWords(way.key, speech.names)
  return way.key || kind?.ways[way.name] || way.name
}

/** A condition as it is read, modes by what the company calls them. */
export function conditionWords(when: unknown, { look, names }: Pick<Speech, 'look' | 'names'>): string {
  return describe(readCondition(when), look, (mode) => modeWords(mode, names))
}

export function modeWords(mode: string, names: Pick<Names, 'mode'>): string {
  return names.mode[mode] ?? t(`edit_mode.${mode}`, { defaultValue: mode })
}

/** The lines of a node on the canvas: what is said, to whom it leads, what is asked. */
export function contentOf(node: Node, kind: Pick<Kind, 'fields'> | undefined, speech: Speech): string[] {
  const lines: string[] = []
  for (const field of kind?.fields ?? []) {
    const value = node[field.name]
    const named = (among: Record<string, string>, id: string) => among[id] ?? id
    switch (field.shape) {
      case 'prompts':
        for (const prompt of textsOf(value)) lines.push(`«${speech.titles.get(prompt) ?? prompt}»`)
        break
      case 'questions':
        for (const one of questionsOf(value))
          lines.push(
            `${one.name || one.answer}: ${one.prompts.map((prompt) => `«${speech.titles.get(prompt) ?? prompt}»`).join(' ')}`,
          )
        break
      case 'queue':
      case 'calendar':
      case 'agent':
      case 'scenario':
      case 'source':
      case 'trunk':
        if (textOf(value)) lines.push(named(speech.names[field.shape], textOf(value)))
        break
      case 'agents':
        if (textsOf(value).length > 0)
          lines.push(
            textsOf(value)
              .map((id) => named(speech.names.agent, id))
              .join(', '),
          )
        break
      case 'owner':
        lines.push(ownerWords(textOf(value), speech.names))
        break
      case 'actions':
        for (const [key, action] of Object.entries(mapOf(value)))
          lines.push(`${key} — ${t(`edit.action.${action}`, { defaultValue: action })}`)
        break
      case 'texts':
        for (const [name, text] of Object.entries(mapOf(value))) lines.push(`${name} = ${text}`)
        break
      case 'names':
        if (textsOf(value).length > 0) lines.push(`# ${textsOf(value).join(', ')}`)
        break
      case 'flag':
        if (value === true || (field.needed && value === false))
          lines.push(value ? field.title : `${t('cond.not_word')}: ${field.title}`)
        break
      case 'text':
        if (textOf(value) && field.needed) lines.push(textOf(value))
        break
    }
  }
  return lines.filter(Boolean)
}

/** A value of a node as words: what it refers to by its name, conditions as they are read, keys with where they lead. */
export function valueWords(value: unknown, field: KindField | undefined, speech: Speech): string {
  const nothing = t('pub.nothing')
  if (value === null || value === undefined || value === '') return nothing
  if (typeof value === 'boolean') return t(value ? 'settings.yes' : 'settings.no')
  if (typeof value === 'number') return String(value)
  if (field?.shape === 'conditions')
    return (
      choicesOf(value)
        .map((choice) => `${conditionWords(choice.when, speech)} → ${choice.next || nothing}`)
        .join('; ') || nothing
    )
  if (field?.shape === 'ways')
    return (
      Object.entries(mapOf(value))
        .map(([key, next]) => `${field.name === 'modes' ? modeWords(key, speech.names) : key} → ${next || nothing}`)
        .join('; ') || nothing
    )
  if (field) {
    const said = contentOf({ kind: '', [field.name]: value }, { fields: [field] }, speech)
    if (said.length > 0) return said.join(', ')
  }
  if (typeof value === 'string') return titled(value, speech.titles)
  const inner: [string, unknown][] = Array.isArray(value) ? value.map((one) => ['', one]) : Object.entries(value)
  return (
    inner
      .map(([key, one]) => (key ? `${key}: ` : '') + valueWords(one, undefined, speech))
      .join(Array.isArray(value) ? ', ' : '; ') || nothing
  )
}

export function ownerWords(owner: string, names: Names): string {
  const [kind, id = ''] = owner.split(':')
  if (kind === 'agent') return t('edit.owner_agent', { name: names.agent[id] ?? id })
  if (kind === 'queue') return t('edit.owner_queue', { name: names.queue[id] ?? id })
  return owner
}

/** Remarks name recordings by their files; people know them by their titles. */
export function titled(text: string, titles: ReadonlyMap<string, string>): string {
  return text.replace(/[a-z0-9-]{1,20}\/[A-Za-z0-9_-]{1,80}/g, (name) => titles.get(name) ?? name)
}
