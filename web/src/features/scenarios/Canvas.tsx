import '@xyflow/react/dist/style.css'
import {
  Background,
  type Connection,
  Controls,
  type Edge,
  MarkerType,
  MiniMap,
  type NodeChange,
  ReactFlow,
  useNodesInitialized,
  useNodesState,
  useReactFlow,
  useStore,
} from '@xyflow/react'
import { type DragEvent, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type Box, NodeBox } from './NodeBox'

const NODE_TYPES = { box: NodeBox }
export const DRAGGED_KIND = 'application/x-kaska-kind'

interface Props {
  boxes: Box[]
  edges: Edge[]
  selected: readonly string[]
  readOnly: boolean
  /** a new object brings its node into view */
  focus: { readonly node: string }
  onSelect: (names: string[]) => void
  onMove: (moved: Record<string, readonly [number, number]>) => void
  onConnect: (from: string, way: string, to: string) => void
  onCut: (edges: Edge[]) => void
  onDelete: (names: string[]) => void
  onDropKind: (kind: string, at: readonly [number, number]) => void
}

/** The graph. What is dragged moves here at once and is told when it is let go. */
export function Canvas(props: Props) {
  const { t } = useTranslation()
  const [nodes, setNodes, onNodesChange] = useNodesState<Box>(props.boxes)
  const flow = useReactFlow()
  const { boxes, selected } = props
  useEffect(() => {
    setNodes(boxes.map((box) => ({ ...box, selected: selected.includes(box.id) })))
  }, [boxes, selected, setNodes])
  useFirstSight(boxes.find((box) => box.data.isStart)?.id ?? '')
  const { focus } = props
  useEffect(() => {
    if (focus.node) void flow.fitView({ nodes: [{ id: focus.node }], duration: 250, maxZoom: 1, minZoom: 0.7 })
  }, [focus, flow])

  const changes = (found: NodeChange<Box>[]) => {
    onNodesChange(found)
    const moved: Record<string, readonly [number, number]> = {}
    for (const change of found)
      if (change.type === 'position' && change.dragging === false && change.position)
        moved[change.id] = [Math.round(change.position.x), Math.round(change.position.y)]
    if (Object.keys(moved).length > 0) props.onMove(moved)
    const chosen = found.filter((change) => change.type === 'select')
    if (chosen.length > 0) {
      const now = new Set(selected)
      for (const change of chosen) {
        if (change.selected) now.add(change.id)
        else now.delete(change.id)
      }
      props.onSelect([...now])
    }
  }
  const drop = (event: DragEvent) => {
    const kind = event.dataTransfer.getData(DRAGGED_KIND)
    if (!kind) return
    event.preventDefault()
    const { x, y } = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY })
    props.onDropKind(kind, [Math.round(x), Math.round(y)])
  }
  const editable = !props.readOnly
  return (
    <div
      className="k-canvas"
      data-testid="scenario-canvas"
      aria-label={t('edit.canvas')}
      role="region"
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
    >
      <ReactFlow<Box>
        nodes={nodes}
        edges={props.edges}
        nodeTypes={NODE_TYPES}
        onNodesChange={changes}
        onConnect={(made: Connection) => {
          if (made.sourceHandle) props.onConnect(made.source, made.sourceHandle, made.target)
        }}
        onEdgesDelete={props.onCut}
        onNodesDelete={(gone) => props.onDelete(gone.map((node) => node.id))}
        nodesDraggable={editable}
        nodesConnectable={editable}
        deleteKeyCode={editable ? ['Delete', 'Backspace'] : null}
        snapToGrid
        snapGrid={[10, 10]}
        minZoom={0.2}
        maxZoom={1.5}
        proOptions={{ hideAttribution: true }}
        defaultEdgeOptions={{ markerEnd: { type: MarkerType.ArrowClosed } }}
        ariaLabelConfig={{ 'controls.ariaLabel': t('edit.canvas') }}
      >
        <Background gap={20} />
        <Controls showInteractive={false} />
        {boxes.length > 8 && <MiniMap pannable zoomable className="k-minimap" style={{ width: 150, height: 100 }} />}
      </ReactFlow>
    </div>
  )
}

const LEGIBLE = 0.65

/** At first sight the whole scenario, or its beginning where the whole would be too small to read. */
function useFirstSight(start: string): void {
  const flow = useReactFlow<Box>()
  const ready = useNodesInitialized()
  const width = useStore((store) => store.width)
  const height = useStore((store) => store.height)
  const done = useRef(false)
  useEffect(() => {
    if (!ready || done.current || width === 0) return
    done.current = true
    const bounds = flow.getNodesBounds(flow.getNodes())
    const first = flow.getNode(start)
    if (Math.min(width / (bounds.width + 60), height / (bounds.height + 60)) >= LEGIBLE || !first)
      void flow.fitView({ maxZoom: 1, padding: 0.08 })
    else {
      const zoom = 0.8
      const middle = first.position.y + (first.measured?.height ?? 0) / 2
      void flow.setViewport({ zoom, x: 24 - first.position.x * zoom, y: height / 2 - middle * zoom })
    }
  }, [ready, flow, width, height, start])
}

const EDGE_WORDS = 18

interface Line {
  from: string
  way: string
  to: string
  words: string
  differs: boolean
  lit: boolean
}

export function useEdges(lines: readonly Line[]): Edge[] {
  return useMemo(
    () =>
      lines.map((line) => ({
        id: `${line.from} ${line.way}`,
        source: line.from,
        sourceHandle: line.way,
        target: line.to,
        ariaLabel: `${line.from}: ${line.words} → ${line.to}`,
        label: line.words.length > EDGE_WORDS ? `${line.words.slice(0, EDGE_WORDS - 1)}…` : line.words,
        className: line.lit ? 'k-edge-lit' : line.differs ? 'k-edge-differs' : undefined,
        animated: line.lit,
      })),
    [lines],
  )
}
