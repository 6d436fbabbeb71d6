import { phoneNumber } from '@/ui/format'
import { clock, writeHours } from './names'

/** What the words are made with: the translator, and names by identifier of what settings refer to. */
export interface Speech {
  t: (key: string | string[], options?: Record<string, unknown>) => string
  locale: string
  names: Readonly<
    Record<
      | 'queues'
      | 'projects'
      | 'calendars'
      | 'trunks'
      | 'scenarios'
      | 'agents'
      | 'skills'
      | 'sources'
      | 'doors'
      | 'modes',
      Record<string, string>
    >
  >
}

const REFERS: Readonly<Record<string, keyof Speech['names']>> = {
  project: 'projects',
  projects: 'projects',
  queue: 'queues',
  queues: 'queues',
  reserve: 'queues',
  full_queue: 'queues',
  automatic_queue: 'queues',
  agent: 'agents',
  agents: 'agents',
  calendar: 'calendars',
  trunk: 'trunks',
  skill: 'skills',
  source: 'sources',
  scenario: 'scenarios',
  after_talk: 'scenarios',
  default: 'scenarios',
}
const SECONDS = new Set(
  `after announce_every callback_retry_seconds each_seconds hold_reminder max_wait offer_after pause_seconds priority_seconds
  hold reserve_after ring_seconds seconds short_abandon_seconds wait window wrap_up_seconds`.split(/\s+/),
)
const CLOCKS = new Set(['night_from', 'night_to', 'minute'])
const MONEY = new Set(['money', 'prices'])
const DIRECTIONS = new Set(['directions', 'night', 'everybody', 'automatic', 'projects', 'agents', 'prices'])
const NUMBERS = new Set(['caller_id', 'number', 'priorities'])
/** words of closed lists: by field, where they stand */
const WORDS: Readonly<Record<string, string>> = {
  name: 'settings.policy',
  then: 'settings.policy',
  instead: 'settings.instead',
  breaks: 'settings.breaks',
  to: 'settings.step',
  mode: 'settings.mode',
  modes: 'settings.mode',
  causes: 'cause',
  role: 'spoken.roles',
}

/** What people call a thing of the settings; undefined when nobody knows it by a better name than its own. */
export function objectName({ names }: Speech, area: string, id: string): string | undefined {
  if (area === 'numbers') return phoneNumber(id)
  if (area === 'lookups') return names.sources[id]
  if (area === 'debts') return names.projects[id]
  return area in names ? names[area as keyof Speech['names']][id] : undefined
}

/** What something was called when it was written down: of letters their kind, of messages by mail whose they are. */
export function calledWords(speech: Speech, area: string, called: string): string {
  if (!called) return ''
  if (area === 'letters') return speech.t(`letters.kind.${called}`, { defaultValue: called })
  return area === 'message_letters' ? ownerWords(speech, called) : called
}

/** "policy.name" of a queue → «Как выбирается оператор»; "requires.sales" → «Кто может ответить · sales». */
export function fieldWords(speech: Speech, area: string, field: string): string {
  const path = field.replace(/\[\d+\]/g, '').split('.')
  const words: string[] = []
  for (let place = 0; place < path.length; place++) {
    const own = path[place] ?? ''
    const above = path[place - 1] ?? area
    const keys = [`spoken.field.${above}_${own}`, `settings.field.${own}`, `spoken.field.${own}`]
    const known = speech.t(keys, { defaultValue: '' })
    // an area may be called like a field whose inner names are data: projects, agents, codes
    const isData = place > 0 && isKey(above)
    words.push(known && !isData ? known : keyWords(speech, above, path.slice(place).join('.')))
    if (!known || isData) break
  }
  // what stands above "how the agent is chosen" says the same once more
  return (path[0] === 'policy' ? words.slice(1) : words).join(' · ')
}

/** Fields whose inner names are data, not words: skills, dates, numbers, people. */
function isKey(field: string): boolean {
  return KEYED.has(field)
}
const KEYED = new Set(
  'mode_names requires prefers skills conversion priorities days prices agents projects agent_caps project_caps kinds modes codes'.split(
    ' ',
  ),
)

/** whose names the inner names of a field are */
const NAMED_BY: Readonly<Record<string, keyof Speech['names']>> = {
  projects: 'projects',
  project_caps: 'projects',
  agents: 'agents',
  agent_caps: 'agents',
  requires: 'skills',
  prefers: 'skills',
  skills: 'skills',
}

function keyWords(speech: Speech, above: string, key: string): string {
  const { t, names } = speech
  if (above === 'prices') return t(`rules.direction.${key}`, { defaultValue: key })
  if (above === 'codes') return t(`codes.action.${key}`, { defaultValue: key })
  if (above === 'modes' || above === 'mode_names')
    return names.modes[key] ?? t(`settings.mode.${key}`, { defaultValue: key })
  if (above === 'priorities') return phoneNumber(key)
  if (above === 'days') return dateWords(speech, key)
  if (above === 'conversion') return key
  const [kind = '', id = ''] = key.split(':')
  if (id) {
    if (kind === 'agent') return names.agents[id] ?? id
    if (kind === 'role') return t('spoken.role', { name: t(`spoken.roles.${id}`, { defaultValue: id }) })
    return t('spoken.skill', { name: names.skills[id] ?? id })
  }
  const [first = '', ...rest] = key.split('.')
  const inner = rest.map((one) => fieldWords(speech, '', one))
  const named = NAMED_BY[above] ? names[NAMED_BY[above]] : {}
  return [named[first] ?? first, ...inner].join(' · ')
}

function dateWords({ locale }: Speech, iso: string): string {
  const at = new Date(`${iso}T12:00:00`)
  return Number.isNaN(at.getTime())
    ? iso
    : at.toLocaleDateString(locale, { day: 'numeric', month: 'long', year: 'numeric' })
}

/** A value of the settings as a person reads it: names for identifiers, units, words of closed lists. */
export function valueWords(speech: Speech, area: string, field: string, value: unknown): string {
  const { t } = speech
  const path = field.split('.')
  const leaf = path.at(-1) ?? ''
  const above = path.at(-2) ?? area
  if (typeof value === 'boolean') return t(value ? 'settings.yes' : 'settings.no')
  if (value === null || value === undefined) return t('spoken.empty')
  if (value === '') return t(emptyWords(leaf))
  if (typeof value === 'number') return numberWords(speech, leaf, above, value)
  if (typeof value === 'string') return textWords(speech, area, leaf, above, value)
  if (Array.isArray(value)) return listWords(speech, area, field, value)
  if (typeof value !== 'object') return t('spoken.empty')
  const telling = Object.entries(value).filter(([, one]) => isTelling(one))
  const said = telling
    .filter(([name]) => !UNTOLD.has(name) && (name !== 'id' || telling.length === 1))
    .map(([name, one]) => {
      const inner = isKey(leaf) ? `${leaf}.${name}` : name
      const words = isKey(leaf) ? keyWords(speech, leaf, name) : fieldWords(speech, area, name)
      return `${small(words)}: ${valueWords(speech, area, inner, one)}`
    })
  return said.join(', ') || t('spoken.empty')
}

function small(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1)
}

/** Names that only the program knows: what else stands there says it. */
const UNTOLD = new Set(['called', 'hold', 'merge', 'gone', 'position', 'first_byte'])

/** Without what says nothing: empty texts and lists, zeros, "no". */
function isTelling(value: unknown): boolean {
  return !(value === '' || value === 0 || value === false || value === null || (Array.isArray(value) && !value.length))
}

function emptyWords(leaf: string): string {
  if (leaf === 'breaks') return 'settings.breaks.free'
  if (leaf === 'direction') return 'rules.either'
  if (leaf === 'mode') return 'codes.by_calendar'
  return 'spoken.empty'
}

const plain = (value: number, locale: string) => value.toLocaleString(locale, { maximumFractionDigits: 2 })

function numberWords({ t, locale }: Speech, leaf: string, above: string, value: number): string {
  if (SECONDS.has(leaf)) return timeWords(t, locale, value)
  if (leaf.endsWith('minutes')) return timeWords(t, locale, value * 60)
  if (CLOCKS.has(leaf)) return clock(value)
  if (MONEY.has(leaf) || MONEY.has(above)) return t('spoken.money', { count: plain(value, locale) })
  if (leaf === 'share' || above === 'conversion') {
    const parts = above === 'policy' || above === 'conversion'
    return t('spoken.percent', { count: plain(parts ? value * 100 : value, locale) })
  }
  return plain(value, locale)
}

function timeWords(t: Speech['t'], locale: string, seconds: number): string {
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  const rest = seconds % 60
  const said = [
    hours && t('spoken.hours', { count: plain(hours, locale) }),
    minutes && t('spoken.minutes', { count: plain(minutes, locale) }),
    (rest || seconds === 0) && t('spoken.seconds', { count: plain(rest, locale) }),
  ]
  return said.filter(Boolean).join(' ')
}

function textWords(speech: Speech, area: string, leaf: string, above: string, value: string): string {
  const { t, names } = speech
  const refers = REFERS[leaf]
  if (area === 'outgoing' && (DIRECTIONS.has(leaf) || DIRECTIONS.has(above)) && leaf !== 'trunk')
    return t(`rules.direction.${value}`, { defaultValue: value })
  if (refers) return names[refers][value] ?? value
  if (leaf === 'name' && above !== 'policy') return value
  if (leaf === 'direction') return t(`rules.${value}`, { defaultValue: value })
  if (leaf === 'assign') return t(`debt_rules.assign_${value}`, { defaultValue: value })
  if (leaf === 'callback_first') return t(`settings.first_${value}`, { defaultValue: value })
  if (leaf === 'kind' && area === 'letters') return t(`letters.kind.${value}`, { defaultValue: value })
  if (leaf === 'kind') return t([`spoken.kind.${value}`, `settings.lookup.${value}`], { defaultValue: value })
  if (leaf === 'figure') return t(`alerts.figure.${value}`, { defaultValue: value })
  if (leaf === 'events') return t(`hooks.event.${value.replace('.', '_')}`, { defaultValue: value })
  if (leaf === 'state') return t(`state.${value}`, { defaultValue: value })
  if (leaf === 'owner') return ownerWords(speech, value)
  if (leaf === 'language' || leaf === 'locale') return value === 'en' ? 'English' : 'Русский'
  if ((leaf === 'mode' || leaf === 'modes') && names.modes[value]) return names.modes[value]
  if (leaf in WORDS) return t(`${WORDS[leaf]}.${value}`, { defaultValue: value })
  return NUMBERS.has(leaf) ? phoneNumber(value) : value
}

/** "queue:sales" → «очередь Продажи», as mails of messages name whose they are. */
function ownerWords({ t, names }: Speech, value: string): string {
  const [kind = '', id = ''] = value.split(':')
  const known = kind === 'queue' ? names.queues : kind === 'project' ? names.projects : names.agents
  return `${small(t(`settings.thing.${kind}s`, { defaultValue: kind }))} «${known[id] ?? id}»`
}

function isPair(one: unknown): one is [number, number] {
  return Array.isArray(one) && one.length === 2 && one.every((part) => typeof part === 'number')
}

const HOURS = /^(week|hours|holiday_hours|days|modes|quiet)(\.|$)/

function listWords(speech: Speech, area: string, field: string, value: unknown[]): string {
  const { t } = speech
  if (HOURS.test(field) && !(field === 'quiet' && value.length === 0)) {
    if (value.every(isPair)) return writeHours(value) || t('spoken.closed')
    if (value.length === 7 && value.every((day) => Array.isArray(day) && day.every(isPair)))
      return weekWords(speech, value)
  }
  if (value.length === 0) return t('spoken.empty')
  if (value.every((one) => Array.isArray(one) && one.length === 2))
    return value.map((one) => [...new Set(one as string[])].join('–')).join(', ')
  const said = value.map((one) => valueWords(speech, area, field, one))
  const whole = value.some((one) => typeof one === 'object')
  return whole && said.length > 1 ? said.map((one, place) => `${place + 1}) ${one}`).join('; ') : said.join(', ')
}

/** «Пн–Пт 09:00–18:00, Сб–Вс закрыто» */
function weekWords({ t }: Speech, week: readonly [number, number][][]): string {
  const said: { from: number; to: number; hours: string }[] = []
  for (const [day, intervals] of week.entries()) {
    const hours = writeHours(intervals) || t('spoken.closed')
    const last = said.at(-1)
    if (last?.hours === hours) last.to = day
    else said.push({ from: day, to: day, hours })
  }
  const name = (day: number) => t(`settings.weekday.${day}`)
  return said
    .map(({ from, to, hours }) => `${from === to ? name(from) : `${name(from)}–${name(to)}`} ${hours}`)
    .join(', ')
}

export interface Told {
  field: string
  before: unknown
  after: unknown
}

/** Of something new: without its identifier, which stands beside it, and without what is empty in it. */
export function tellingChanges<Change extends Told>(changes: readonly Change[]): readonly Change[] {
  if (changes.some((change) => change.before !== null)) return changes
  return changes.filter(({ field, after }) => field !== 'id' && field !== 'number' && isTelling(after))
}

/** Steps of a scenario that differ, each once; how they differ is shown in the editor. */
export function stepsOf(changes: readonly Told[]): { name: string; how: 'added' | 'removed' | 'changed' }[] {
  const found = new Map<string, 'added' | 'removed' | 'changed'>()
  for (const { field, before, after } of changes) {
    const [first, name, ...rest] = field.split('.')
    if (first !== 'nodes' || !name) continue
    const whole = rest.length === 0
    found.set(name, whole && before === null ? 'added' : whole && after === null ? 'removed' : 'changed')
  }
  return [...found].map(([name, how]) => ({ name, how }))
}
