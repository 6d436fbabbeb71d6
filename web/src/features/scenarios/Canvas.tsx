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
import { type DragEvent, type RefObject, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type Box, NodeBox } from './NodeBox'

const NODE_TYPES = { box: NodeBox }
/** a scenario of hundreds of nodes is seen whole, too */
const SMALLEST = 0.05
/** so many boxes that a map of them helps */
const MANY = 20
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
  const chosenView = useRef(false)
  useWholeInSight(chosenView)
  const { focus } = props
  useEffect(() => {
    if (!focus.node) return
    chosenView.current = true
    void flow.fitView({ nodes: [{ id: focus.node }], duration: 250, maxZoom: 1, minZoom: 0.7 })
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
        // moved by hand; without an event it was us
        onMoveStart={(event) => (chosenView.current ||= event !== null)}
        nodesDraggable={editable}
        nodesConnectable={editable}
        deleteKeyCode={editable ? ['Delete', 'Backspace'] : null}
        snapToGrid
        snapGrid={[10, 10]}
        minZoom={SMALLEST}
        maxZoom={1.5}
        proOptions={{ hideAttribution: true }}
        defaultEdgeOptions={{ markerEnd: { type: MarkerType.ArrowClosed } }}
        ariaLabelConfig={{
          'controls.ariaLabel': t('edit.view'),
          'controls.zoomIn.ariaLabel': t('edit.closer'),
          'controls.zoomOut.ariaLabel': t('edit.farther'),
          'controls.fitView.ariaLabel': t('edit.whole'),
          'minimap.ariaLabel': t('edit.map'),
        }}
      >
        <Background gap={20} />
        <Controls showInteractive={false} fitViewOptions={WHOLE} />
        {boxes.length > MANY && <MiniMap pannable zoomable className="k-minimap" style={{ width: 150, height: 100 }} />}
      </ReactFlow>
    </div>
  )
}

/** The whole scenario, never larger than life. */
export const WHOLE = { maxZoom: 1, padding: 0.08 } as const

/** The whole scenario, from when its nodes and the room for them are measured and whenever the room changes, until somebody chooses what to see. */
function useWholeInSight(chosen: RefObject<boolean>): void {
  const flow = useReactFlow<Box>()
  const ready = useNodesInitialized()
  const width = useStore((store) => store.width)
  const height = useStore((store) => store.height)
  const fitted = useRef('')
  useEffect(() => {
    const room = `${width} ${height}`
    // more nodes are no reason to move the view
    if (!ready || width === 0 || height === 0 || chosen.current || fitted.current === room) return
    fitted.current = room
    void flow.fitView(WHOLE)
  }, [ready, width, height, flow, chosen])
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
