import { useMemo } from 'react'
import { type Kinds, type Node, waysOf } from './document'
import { arranged, NODE_WIDTH } from './layout'
import type { Draft } from './keeper'
import type { Box, BoxData } from './NodeBox'
import type { Difference } from './queries'
import type { Remark } from './remarks'
import { contentOf, type Speech, wayWords } from './words'

interface Shown {
  draft: Draft
  kinds: Kinds
  speech: Speech
  remarks: readonly Remark[]
  /** undefined: nothing is compared */
  differences: readonly Difference[] | undefined
  lit: { passed: readonly string[]; here: string }
}

/** The draft as boxes and lines; nodes that a compared version had are shown beside what is there. */
export function useBoxes({ draft, kinds, speech, remarks, differences, lit }: Shown) {
  return useMemo(() => {
    const gone = Object.fromEntries(
      (differences ?? [])
        .filter((one) => one.kind === 'removed' && one.field === '' && typeof one.before === 'object')
        .map((one) => [one.node, one.before as Node]),
    )
    const nodes: Record<string, Node> = { ...gone, ...draft.scenario.nodes }
    const scenario = { ...draft.scenario, nodes }
    const differs = (name: string): BoxData['differs'] => {
      const own = (differences ?? []).filter((one) => one.node === name)
      if (own.length === 0) return ''
      return own.find((one) => one.field === '')?.kind ?? 'changed'
    }
    const data = new Map(Object.entries(nodes).map(([name, node]) => [name, dataOf(name, node)]))
    const missing = Object.keys(nodes).some((name) => !(name in draft.layout))
    const placed = missing ? arranged(scenario, kinds, (name) => sizeOf(data.get(name))) : draft.layout
    const boxes: Box[] = [...data].map(([name, one]) => {
      const [x, y] = draft.layout[name] ?? placed[name] ?? [0, 0]
      return { id: name, type: 'box', position: { x, y }, data: one, deletable: one.differs !== 'removed' }
    })
    const passed = new Set(lit.passed.slice(1).map((name, at) => `${lit.passed[at]} ${name}`))
    const lines = [...data].flatMap(([from, one]) =>
      one.ways
        .filter((way) => way.target !== '' && !way.lost)
        .map((way) => ({
          from,
          way: way.name,
          to: way.target,
          words: way.words,
          differs: one.differs !== '',
          lit: passed.has(`${from} ${way.target}`),
        })),
    )
    return { boxes, lines }

    function dataOf(name: string, node: Node): BoxData {
      const kind = kinds.get(node.kind)
      return {
        name,
        kind: node.kind,
        title: kind?.title ?? node.kind,
        lines: contentOf(node, kind, speech),
        ways: waysOf(node, kind).map((way) => ({
          name: way.name,
          words: wayWords(node, way, kind, speech),
          target: way.target,
          lost: way.target !== '' && !(way.target in nodes),
        })),
        isStart: scenario.start === name,
        remarks: remarks.filter((remark) => remark.node === name),
        differs: differs(name),
        lit: lit.here === name ? 'here' : lit.passed.includes(name) ? 'passed' : '',
      }
    }
  }, [draft, kinds, speech, remarks, differences, lit])
}

const HEAD = 52
const LINE = 19
const WAY = 23

function sizeOf(data: BoxData | undefined) {
  const lines = Math.min(data?.lines.length ?? 0, 5)
  return { width: NODE_WIDTH, height: HEAD + lines * LINE + (data?.ways.length ?? 0) * WAY + 8 }
}

export { sizeOf }
