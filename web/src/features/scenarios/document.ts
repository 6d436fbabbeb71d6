import type { components } from '@/api/generated/schema'

type Schemas = components['schemas']
export type Kind = Schemas['NodeKind']
export type KindField = Schemas['KindField']
export type Catalogue = Schemas['KindCatalogue']

/** A node of a scenario: its kind and the fields that this kind has. */
export interface Node {
  kind: string
  [field: string]: unknown
}

export interface Scenario {
  start: string
  nodes: Readonly<Record<string, Node>>
}

/** One way on: `name` is unique within the node ("next", "choices.1", "choices[0]"), `key` a digit or a mode. */
export interface Way {
  name: string
  field: string
  key: string
  target: string
}

export interface ChoiceOf {
  when: unknown
  next: string
}

export type Kinds = ReadonlyMap<string, Kind>

export function kindsOf(catalogue: Catalogue): Kinds {
  return new Map(catalogue.kinds.map((kind) => [kind.kind, kind]))
}

/** Whatever the server kept, as a scenario that can be shown: what is not one becomes an empty one. */
export function readScenario(draft: unknown): Scenario {
  const { start, nodes } = (draft ?? {}) as { start?: unknown; nodes?: unknown }
  const kept: Record<string, Node> = {}
  if (typeof nodes === 'object' && nodes !== null)
    for (const [name, node] of Object.entries(nodes))
      if (typeof node === 'object' && node !== null && typeof (node as Node).kind === 'string')
        kept[name] = node as Node
  return { start: typeof start === 'string' ? start : '', nodes: kept }
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
}

export function mapOf(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

export function listsOf(value: unknown): Record<string, string[]> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  return Object.fromEntries(Object.entries(value).map(([key, list]) => [key, textsOf(list)]))
}

export function choicesOf(value: unknown): ChoiceOf[] {
  if (!Array.isArray(value)) return []
  return value.filter((one): one is ChoiceOf => typeof one === 'object' && one !== null && 'when' in one)
}

export interface Question {
  answer: string
  name: string
  prompts: string[]
  allowed: string
}

/** The questions of a survey; what is missing in one is filled with what the core takes for it. */
export function questionsOf(value: unknown): Question[] {
  if (!Array.isArray(value)) return []
  return value
    .filter((one): one is Record<string, unknown> => typeof one === 'object' && one !== null)
    .map((one) => ({
      answer: textOf(one.answer),
      name: textOf(one.name),
      prompts: textsOf(one.prompts),
      allowed: typeof one.allowed === 'string' ? one.allowed : '12345',
    }))
}

/** A way that is there only when another field says so. */
function isHidden(node: Node, field: KindField): boolean {
  return field.name === 'extension_next' && node.extensions !== true
}

/** Every way on, in the order of the kind's fields; those that lead nowhere too. */
export function waysOf(node: Node, kind: Kind | undefined): Way[] {
  const found: Way[] = []
  for (const field of kind?.fields ?? []) {
    const value = node[field.name]
    if (field.shape === 'way' && !isHidden(node, field))
      found.push({ name: field.name, field: field.name, key: '', target: textOf(value) })
    else if (field.shape === 'ways')
      for (const [key, target] of Object.entries(mapOf(value)))
        found.push({ name: `${field.name}.${key}`, field: field.name, key, target })
    else if (field.shape === 'conditions')
      choicesOf(value).forEach((choice, index) =>
        found.push({
          name: `${field.name}[${index}]`,
          field: field.name,
          key: String(index),
          target: textOf(choice.next),
        }),
      )
  }
  return found
}

/** The node with one of its ways leading elsewhere. */
export function leadTo(node: Node, way: Pick<Way, 'field' | 'key'>, target: string): Node {
  if (way.key === '') return { ...node, [way.field]: target }
  const value = node[way.field]
  if (Array.isArray(value))
    return {
      ...node,
      [way.field]: choicesOf(value).map((one, at) => (String(at) === way.key ? { ...one, next: target } : one)),
    }
  return { ...node, [way.field]: { ...mapOf(value), [way.key]: target } }
}

const EMPTY: Partial<Record<KindField['shape'], unknown>> = {
  prompts: [],
  agents: [],
  names: [],
  conditions: [],
  questions: [],
  ways: {},
  words: {},
  texts: {},
  actions: {},
  number: 1,
  whole: 1,
  flag: true,
}

/** A fresh node of a kind, with its defaults. `first` names what to choose where something must be chosen. */
export function freshNode(kind: Kind, first: Partial<Record<KindField['shape'], string>> = {}): Node {
  const node: Node = { kind: kind.kind }
  for (const field of kind.fields) {
    if (!field.needed) continue
    node[field.name] = EMPTY[field.shape] ?? first[field.shape] ?? ''
  }
  return node
}

/** "menu", "menu-2", "menu-3" …: the first that is free. */
export function freeName(wanted: string, taken: Readonly<Record<string, unknown>>): string {
  const base = wanted.trim() || 'node'
  if (!(base in taken)) return base
  let count = 2
  while (`${base}-${count}` in taken) count++
  return `${base}-${count}`
}

export function withNode(scenario: Scenario, name: string, node: Node): Scenario {
  const start = scenario.start || name
  return { ...scenario, start, nodes: { ...scenario.nodes, [name]: node } }
}

/** Without these nodes; ways that led to them lead nowhere. */
export function withoutNodes(scenario: Scenario, names: readonly string[], kinds: Kinds): Scenario {
  const gone = new Set(names)
  const nodes: Record<string, Node> = {}
  for (const [name, node] of Object.entries(scenario.nodes))
    if (!gone.has(name)) nodes[name] = redirected(node, kinds, (target) => (gone.has(target) ? '' : target))
  return { ...scenario, start: gone.has(scenario.start) ? '' : scenario.start, nodes }
}

/** One node under another name, with everything that leads to it. Nothing changes when that name is taken. */
export function renamed(scenario: Scenario, from: string, to: string, kinds: Kinds): Scenario {
  if (from === to || to in scenario.nodes || !(from in scenario.nodes) || to === '' || to === '?') return scenario
  const nodes: Record<string, Node> = {}
  for (const [name, node] of Object.entries(scenario.nodes))
    nodes[name === from ? to : name] = redirected(node, kinds, (target) => (target === from ? to : target))
  return { ...scenario, start: scenario.start === from ? to : scenario.start, nodes }
}

/** Copies of `nodes` beside what is there: ways among them lead to the copies, ways out of them stay. */
export function pasted(
  scenario: Scenario,
  nodes: Readonly<Record<string, Node>>,
  kinds: Kinds,
): { scenario: Scenario; names: Record<string, string> } {
  const names: Record<string, string> = {}
  const taken: Record<string, unknown> = { ...scenario.nodes }
  for (const name of Object.keys(nodes)) {
    names[name] = freeName(name.replace(/-\d+$/, ''), taken)
    taken[names[name]] = true
  }
  const all: Record<string, Node> = { ...scenario.nodes }
  for (const [name, node] of Object.entries(nodes))
    all[names[name] ?? name] = redirected(
      node,
      kinds,
      (target) => names[target] ?? (target in scenario.nodes ? target : ''),
    )
  return { scenario: { ...scenario, nodes: all }, names }
}

function redirected(node: Node, kinds: Kinds, lead: (target: string) => string): Node {
  let changed = node
  for (const way of waysOf({ ...node, extensions: node.extensions ?? true }, kinds.get(node.kind))) {
    if (!(way.field in node)) continue
    const target = lead(way.target)
    if (target !== way.target) changed = leadTo(changed, way, target)
  }
  return changed
}

/** From one node to another by the fewest ways, both included; [] when there is no way. For lighting what was passed. */
export function wayBetween(scenario: Scenario, from: string, to: string, kinds: Kinds): string[] {
  const before = new Map<string, string>([[from, '']])
  const ahead = [from]
  for (let name = ahead.shift(); name !== undefined; name = ahead.shift()) {
    if (name === to) {
      const path = [name]
      for (let at = before.get(name); at; at = before.get(at)) path.unshift(at)
      return path
    }
    const node = scenario.nodes[name]
    for (const way of node ? waysOf(node, kinds.get(node.kind)) : [])
      if (way.target && !before.has(way.target)) {
        before.set(way.target, name)
        ahead.push(way.target)
      }
  }
  return []
}
