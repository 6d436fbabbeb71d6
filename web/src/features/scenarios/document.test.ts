import { describe, expect, it } from 'vitest'
import {
  freeName,
  freshNode,
  type Kind,
  type KindField,
  type Kinds,
  leadTo,
  pasted,
  readScenario,
  renamed,
  type Scenario,
  wayBetween,
  waysOf,
  withNode,
  withoutNodes,
} from './document'
import { begun, changed, redone, undone } from './history'

const field = (name: string, shape: KindField['shape'], needed = true): KindField => ({
  name,
  shape,
  needed,
  default: null,
  title: name,
  hint: '',
})
const kind = (name: string, fields: KindField[]): Kind => ({
  kind: name,
  group: 'say',
  title: name,
  hint: '',
  fields,
  ways: {},
})
const KINDS: Kinds = new Map(
  [
    kind('play', [field('prompts', 'prompts'), field('next', 'way')]),
    kind('menu', [
      field('prompts', 'prompts'),
      field('choices', 'ways'),
      field('otherwise', 'way'),
      field('extensions', 'flag', false),
      field('extension_next', 'way', false),
    ]),
    kind('branch', [field('choices', 'conditions'), field('otherwise', 'way')]),
    kind('finish', [field('prompts', 'prompts', false)]),
  ].map((one) => [one.kind, one]),
)
const TREE: Scenario = {
  start: 'hello',
  nodes: {
    hello: { kind: 'play', prompts: ['ru/greeting'], next: 'menu' },
    menu: { kind: 'menu', prompts: [], choices: { '1': 'who', '2': 'bye' }, otherwise: 'hello' },
    who: {
      kind: 'branch',
      choices: [{ when: { kind: 'equals', field: 'mode', value: 'day' }, next: 'bye' }],
      otherwise: 'menu',
    },
    bye: { kind: 'finish' },
  },
}

const targets = (scenario: Scenario) =>
  Object.values(scenario.nodes).flatMap((node) => waysOf(node, KINDS.get(node.kind)).map((way) => way.target))

describe('a scenario', () => {
  it('names its ways with keys and conditions', () => {
    expect(waysOf(TREE.nodes.menu!, KINDS.get('menu')).map((way) => [way.name, way.target])).toEqual([
      ['choices.1', 'who'],
      ['choices.2', 'bye'],
      ['otherwise', 'hello'],
    ])
    expect(waysOf(TREE.nodes.who!, KINDS.get('branch')).map((way) => way.name)).toEqual(['choices[0]', 'otherwise'])
  })

  it('leads a way elsewhere and leaves the others', () => {
    expect(leadTo(TREE.nodes.menu!, { field: 'choices', key: '2' }, 'who').choices).toEqual({ '1': 'who', '2': 'who' })
    const who = leadTo(TREE.nodes.who!, { field: 'choices', key: '0' }, 'menu')
    expect(waysOf(who, KINDS.get('branch')).map((way) => way.target)).toEqual(['menu', 'menu'])
    expect(leadTo(TREE.nodes.hello!, { field: 'next', key: '' }, 'bye').next).toBe('bye')
  })

  it('renames a node together with everything that leads to it', () => {
    const other = renamed(TREE, 'menu', 'Меню', KINDS)
    expect(Object.keys(other.nodes)).toEqual(['hello', 'Меню', 'who', 'bye'])
    expect(targets(other)).toEqual(targets(TREE).map((name) => (name === 'menu' ? 'Меню' : name)))
    expect(renamed(TREE, 'hello', 'x', KINDS).start).toBe('x')
    for (const taken of ['bye', '', '?']) expect(renamed(TREE, 'menu', taken, KINDS)).toBe(TREE)
  })

  it('forgets removed nodes everywhere', () => {
    const other = withoutNodes(TREE, ['menu', 'hello'], KINDS)
    expect(other.start).toBe('')
    expect(new Set(targets(other))).toEqual(new Set(['bye', '']))
  })

  it('pastes copies that lead to each other', () => {
    const { scenario, names } = pasted(TREE, { menu: TREE.nodes.menu!, who: TREE.nodes.who! }, KINDS)
    expect(names).toEqual({ menu: 'menu-2', who: 'who-2' })
    expect(scenario.nodes['menu-2']!.choices).toEqual({ '1': 'who-2', '2': 'bye' })
    expect(scenario.nodes['who-2']!.otherwise).toBe('menu-2')
    expect(scenario.nodes.menu).toBe(TREE.nodes.menu)
  })

  it('makes fresh nodes with what a kind needs', () => {
    expect(freshNode(KINDS.get('menu')!)).toEqual({ kind: 'menu', prompts: [], choices: {}, otherwise: '' })
    expect(freshNode(KINDS.get('finish')!)).toEqual({ kind: 'finish' })
    expect(withNode({ start: '', nodes: {} }, 'a', { kind: 'finish' }).start).toBe('a')
    expect(freeName('menu', TREE.nodes)).toBe('menu-2')
  })

  it('can be read of anything that was kept', () => {
    for (const broken of [null, 7, { nodes: 'x' }, { start: 1, nodes: { a: 3 } }])
      expect(readScenario(broken)).toEqual({ start: '', nodes: {} })
    expect(readScenario(TREE)).toEqual(TREE)
  })

  it('finds what was passed between two nodes', () => {
    expect(wayBetween(TREE, 'hello', 'bye', KINDS)).toEqual(['hello', 'menu', 'bye'])
    expect(wayBetween(TREE, 'bye', 'hello', KINDS)).toEqual([])
  })
})

describe('history', () => {
  it('undoes and redoes, and typing is one step', () => {
    let history = begun('')
    for (const text of ['a', 'ab', 'abc']) history = changed(history, text, 'title')
    history = changed(history, 'other')
    expect(undone(history).now).toBe('abc')
    expect(undone(undone(history)).now).toBe('')
    expect(redone(undone(history))).toMatchObject({ now: 'other', past: ['', 'abc'] })
    expect(undone(begun('x')).now).toBe('x')
    expect(redone(history)).toBe(history)
    expect(changed(undone(history), 'new').future).toEqual([])
  })
})
