import type { Edge } from '@xyflow/react'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { combination } from '@/ui/keys'
import {
  freeName,
  freshNode,
  type Kinds,
  leadTo,
  type Node,
  pasted,
  renamed,
  type Scenario,
  waysOf,
  withNode,
  withoutNodes,
} from './document'
import type { Draft, Keeper, Layout } from './keeper'
import { arranged, placeBeside } from './layout'
import type { Speech } from './words'

const CLIP = 'kaska.scenario.clip'

/** Everything that can be done to a draft, and what is chosen in it. */
export function useEditing(keeper: Keeper, draft: Draft, kinds: Kinds, speech: Speech) {
  const [chosen, select] = useState<readonly string[]>([])
  const selected = useMemo(() => chosen.filter((name) => name in draft.scenario.nodes), [chosen, draft])
  const latest = useRef({ selected })
  useEffect(() => {
    latest.current = { selected }
  }, [selected])

  const work = useMemo(() => {
    const now = () => keeper.get().history.now
    const change = (scenario: Scenario, layout: Layout = now().layout, mark = '') => {
      if (scenario !== now().scenario || layout !== now().layout) keeper.edit({ ...now(), scenario, layout }, mark)
    }
    const put = (name: string, node: Node, mark = '') => change(withNode(now().scenario, name, node), undefined, mark)

    /** The new node stands after the chosen one, whose first way that leads nowhere leads to it. */
    const add = (kindName: string, at?: readonly [number, number]): string => {
      const kind = kinds.get(kindName)
      if (!kind) return ''
      const before = now()
      const first = (names: Record<string, string>) => Object.keys(names)[0]
      const { names } = speech
      const node = freshNode(kind, {
        queue: first(names.queue),
        calendar: first(names.calendar),
        source: first(names.source),
        scenario: first(names.scenario),
      })
      const name = freeName(kind.title, before.scenario.nodes)
      const from = latest.current.selected.length === 1 ? latest.current.selected[0] : undefined
      const place = at ?? placeBeside(before.layout, from)
      let scenario = withNode(before.scenario, name, node)
      const parent = from !== undefined ? scenario.nodes[from] : undefined
      const loose = parent && waysOf(parent, kinds.get(parent.kind)).find((way) => way.target === '')
      if (!at && from !== undefined && parent && loose) scenario = withNode(scenario, from, leadTo(parent, loose, name))
      change(scenario, { ...before.layout, [name]: place })
      select([name])
      return name
    }

    const remove = (names: readonly string[]) => {
      if (names.length === 0) return
      change(withoutNodes(now().scenario, names, kinds))
      select([])
    }
    const paste = (nodes: Readonly<Record<string, Node>>, places: Layout) => {
      const before = now()
      const made = pasted(before.scenario, nodes, kinds)
      const layout: Record<string, readonly [number, number]> = { ...before.layout }
      for (const [old, name] of Object.entries(made.names)) {
        const [x, y] = places[old] ?? before.layout[old] ?? [0, 0]
        layout[name] = [x + 40, y + 40]
      }
      change(made.scenario, layout)
      select(Object.values(made.names))
    }
    const picked = () => {
      const { nodes } = now().scenario
      return Object.fromEntries(
        latest.current.selected.map((name) => [name, nodes[name]]).filter((pair) => pair[1]),
      ) as Record<string, Node>
    }
    const duplicate = () => paste(picked(), now().layout)
    const copy = () => localStorage.setItem(CLIP, JSON.stringify({ nodes: picked(), places: now().layout }))
    const pasteClip = () => {
      try {
        const kept = JSON.parse(localStorage.getItem(CLIP) ?? 'null') as {
          nodes: Record<string, Node>
          places: Layout
        } | null
        if (kept) paste(kept.nodes, kept.places)
      } catch {
        localStorage.removeItem(CLIP) // not ours
      }
    }
    const keys: Record<string, () => void> = {
      'Ctrl+KeyZ': keeper.undo,
      'Ctrl+Shift+KeyZ': keeper.redo,
      'Ctrl+KeyY': keeper.redo,
      'Ctrl+KeyC': copy,
      'Ctrl+KeyX': () => {
        copy()
        remove(latest.current.selected)
      },
      'Ctrl+KeyV': pasteClip,
      'Ctrl+KeyD': duplicate,
      'Ctrl+KeyA': () => select(Object.keys(now().scenario.nodes)),
    }
    return {
      select: (names: readonly string[]) => select(names),
      add,
      put,
      remove,
      duplicate,
      rename: (from: string, to: string) => {
        const before = now()
        const scenario = renamed(before.scenario, from, to, kinds)
        if (scenario === before.scenario) return
        const { [from]: place, ...rest } = before.layout
        change(scenario, place ? { ...rest, [to]: place } : rest)
        select([to])
      },
      start: (name: string) => change({ ...now().scenario, start: name }),
      move: (moved: Layout) => change(now().scenario, { ...now().layout, ...moved }, 'move'),
      connect: (from: string, wayName: string, to: string) => {
        const node = now().scenario.nodes[from]
        const way = node && waysOf(node, kinds.get(node.kind)).find((one) => one.name === wayName)
        if (node && way) put(from, leadTo(node, way, to))
      },
      cut: (edges: readonly Edge[]) => {
        let { scenario } = now()
        for (const edge of edges) {
          const node = scenario.nodes[edge.source]
          const way = node && waysOf(node, kinds.get(node.kind)).find((one) => one.name === edge.sourceHandle)
          if (node && way) scenario = withNode(scenario, edge.source, leadTo(node, way, ''))
        }
        change(scenario)
      },
      tidy: (sizeOf: (name: string) => { width: number; height: number }) => {
        const before = now()
        change(before.scenario, arranged(before.scenario, kinds, sizeOf))
      },
      onKeyDown: (event: KeyboardEvent) => {
        const target = event.target as HTMLElement
        if (target.isContentEditable || target.matches('input, textarea, select')) return
        const action = keys[combination(event)]
        // a text that somebody marked is copied as a text
        if (!action || (event.code === 'KeyC' && !window.getSelection()?.isCollapsed)) return
        event.preventDefault()
        action()
      },
    }
  }, [keeper, kinds, speech])
  return useMemo(() => ({ ...work, selected }), [work, selected])
}
