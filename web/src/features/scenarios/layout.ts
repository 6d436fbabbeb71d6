import dagre from '@dagrejs/dagre'
import { type Kinds, type Scenario, waysOf } from './document'
import type { Layout } from './keeper'

export const NODE_WIDTH = 220
const GRID = 10

export interface Size {
  width: number
  height: number
}

/** Every node in its place, from left to right along the ways. `sizes` as they are drawn. */
export function arranged(scenario: Scenario, kinds: Kinds, sizeOf: (name: string) => Size): Layout {
  const graph = new dagre.graphlib.Graph()
  graph.setGraph({ rankdir: 'LR', nodesep: 28, ranksep: 56, marginx: 20, marginy: 20 })
  graph.setDefaultEdgeLabel(() => ({}))
  // from the start on, so that the main way lies on top
  const names = Object.keys(scenario.nodes).sort((a, b) => Number(b === scenario.start) - Number(a === scenario.start))
  for (const name of names) graph.setNode(name, { ...sizeOf(name) })
  for (const name of names) {
    const node = scenario.nodes[name]
    if (!node) continue
    for (const way of waysOf(node, kinds.get(node.kind)))
      if (way.target in scenario.nodes && way.target !== name) graph.setEdge(name, way.target)
  }
  dagre.layout(graph)
  const layout: Record<string, readonly [number, number]> = {}
  for (const name of names) {
    const at = graph.node(name) as { x: number; y: number; width: number; height: number }
    layout[name] = [snap(at.x - at.width / 2), snap(at.y - at.height / 2)]
  }
  return layout
}

export function snap(value: number): number {
  return Math.round(value / GRID) * GRID
}

/** A free place to the right of a node, or below everything. */
export function placeBeside(layout: Layout, beside: string | undefined): readonly [number, number] {
  const taken = Object.values(layout)
  const from = beside !== undefined ? layout[beside] : undefined
  let [x, y] = from ? [from[0] + NODE_WIDTH + 70, from[1]] : [0, Math.max(0, ...taken.map((at) => at[1] + 160))]
  while (taken.some((at) => Math.abs(at[0] - x) < NODE_WIDTH && Math.abs(at[1] - y) < 110)) y += 120
  x = snap(x)
  y = snap(y)
  return [x, y]
}
