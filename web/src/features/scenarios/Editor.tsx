import { Button, SegmentedControl } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { ReactFlowProvider, useReactFlow } from '@xyflow/react'
import { Link, useParams } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/problem'
import { useMay } from '@/features/session/session'
import { useKeys } from '@/ui/keys'
import { Empty, Loading, Note, Trouble } from '@/ui/pieces'
import { Canvas, useEdges, WHOLE } from './Canvas'
import type { Catalogue, Kinds, Scenario } from './document'
import { theirs, useDraft } from './draft'
import { PublishDialog } from './PublishDialog'
import { Palette } from './Palette'
import { Properties } from './Properties'
import { fetchVersion, type ScenarioRow, useDifferences, useKinds, useScenario } from './queries'
import { RehearsalPanel } from './RehearsalPanel'
import { Remarks } from './Remarks'
import { Toolbar } from './Toolbar'
import { TrialPanel } from './TrialPanel'
import { useBoxes } from './boxes'
import { NODE_WIDTH } from './layout'
import { useEditing } from './editing'
import { useJudged, useSpeech } from './judged'
import { type Compared, VersionsPanel } from './VersionsPanel'
import './scenarios.css'

/** The editor of one scenario: what can be added, the graph, and about the chosen node. */
export function Editor() {
  const { id = '' } = useParams({ strict: false })
  const { t } = useTranslation()
  const row = useScenario(id)
  const kinds = useKinds()
  const error = row.data ? kinds.error : (row.error ?? kinds.error)
  if (error)
    return (
      <div className="k-column">
        <Trouble error={error} retry={() => void Promise.all([row.refetch(), kinds.refetch()])} />
        <Link to="/settings/scenarios">{t('scn.back')}</Link>
      </div>
    )
  if (!row.data || !kinds.catalogue || !kinds.kinds) return <Loading />
  return (
    <ReactFlowProvider key={id}>
      <Workbench row={row.data} catalogue={kinds.catalogue} kinds={kinds.kinds} />
    </ReactFlowProvider>
  )
}

type Side = 'node' | 'check' | 'rehearse' | 'call' | 'versions'
const SIDES: readonly Side[] = ['node', 'check', 'rehearse', 'call', 'versions']
const NOTHING: readonly string[] = []

function Workbench({ row, catalogue, kinds }: { row: ScenarioRow; catalogue: Catalogue; kinds: Kinds }) {
  const { t } = useTranslation()
  const may = useMay()
  const { id } = row
  const flow = useReactFlow()
  const { keeper, kept } = useDraft(row)
  const [side, setSide] = useState<Side>('node')
  const [publishing, setPublishing] = useState(false)
  const [focus, setFocus] = useState({ node: '' })
  const [compared, setCompared] = useState<Compared>()
  const [lit, setLit] = useState<{ passed: readonly string[]; here: string }>({ passed: NOTHING, here: '' })
  const speech = useSpeech(catalogue)
  const judged = useJudged(id, kept.saving === 'saved' ? kept.revision : 0, speech)
  const differences = useDifferences(id, compared?.before ?? 0, compared?.after ?? 0, kept.revision)
  const edit = useEditing(keeper, kept.history.now, kinds, speech)
  const writable = may('configure') && !compared
  const draft = kept.history.now
  const { boxes, lines } = useBoxes({
    draft,
    kinds,
    speech,
    remarks: judged.remarks,
    differences: compared ? differences.data : undefined,
    lit: side === 'rehearse' || side === 'call' ? lit : { passed: NOTHING, here: '' },
  })
  const edges = useEdges(lines)
  const onLit = useCallback((passed: string[], here: string) => setLit({ passed, here }), [])
  const open = (node: string) => {
    if (!(node in draft.scenario.nodes)) return
    edit.select([node])
    setFocus({ node })
  }
  const openBeside = (node: string) => {
    open(node)
    if (side === 'check') setSide('node')
  }
  const take = (version: number) =>
    void fetchVersion(id, version).then(
      (scenario) => {
        setCompared(undefined)
        keeper.edit({ ...keeper.get().history.now, scenario })
      },
      (problem: unknown) => notifications.show({ message: messageOf(problem), color: 'red', autoClose: 10_000 }),
    )
  const whole = () => void flow.fitView({ ...WHOLE, duration: 250 })
  useKeys({ KeyF: whole })
  const tidy = () => {
    edit.tidy((one) => {
      const { width = NODE_WIDTH, height = 120 } = flow.getNode(one)?.measured ?? {}
      return { width, height }
    })
    setTimeout(whole, 50)
  }
  const name = edit.selected.length === 1 ? (edit.selected[0] ?? '') : ''
  const node = draft.scenario.nodes[name]
  const kindOf = (one: string) => draft.scenario.nodes[one]?.kind ?? ''
  return (
    <div className="k-editor" onKeyDown={writable ? edit.onKeyDown : undefined}>
      <h1 className="k-hidden">{draft.name}</h1>
      <Toolbar
        kept={kept}
        remarks={judged.remarks}
        writable={writable}
        onName={(title) => keeper.edit({ ...draft, name: title }, 'name')}
        onUndo={keeper.undo}
        onRedo={keeper.redo}
        onTidy={tidy}
        onWhole={whole}
        onRemarks={() => setSide('check')}
        onPublish={() => {
          keeper.hurry()
          setPublishing(true)
        }}
      />
      <Telling kept={kept} keeper={keeper} row={row} />
      <div className="k-editor-body">
        {writable && <Palette catalogue={catalogue} onAdd={(kind) => openBesideFresh(edit.add(kind))} />}
        <div className="k-canvas-room">
          <Canvas
            boxes={boxes}
            edges={edges}
            selected={edit.selected}
            readOnly={!writable}
            focus={focus}
            onSelect={(names) => {
              edit.select(names)
              if (names.length === 1 && side === 'check') setSide('node')
            }}
            onMove={edit.move}
            onConnect={edit.connect}
            onCut={edit.cut}
            onDelete={edit.remove}
            onDropKind={(kind, at) => edit.add(kind, at)}
          />
          {isEmpty(draft.scenario) && (
            <div className="k-canvas-empty">
              <Empty title={t('edit.empty')}>{t('edit.empty_hint')}</Empty>
            </div>
          )}
        </div>
        <aside className="k-panel k-editor-side">
          <SegmentedControl
            fullWidth
            aria-label={t('edit.panel')}
            value={side}
            onChange={(value) => setSide(value)}
            data={SIDES.filter((one) => one !== 'call' || may('configure')).map((value) => ({
              value,
              label: t(`edit.${value}`),
            }))}
          />
          <div className="k-editor-side-body" tabIndex={-1}>
            {side === 'node' &&
              (node ? (
                <Properties
                  key={name}
                  name={name}
                  node={node}
                  kind={kinds.get(node.kind)}
                  scenario={draft.scenario}
                  speech={speech}
                  remarks={judged.remarks.filter((remark) => remark.node === name)}
                  onChange={(now, mark) => edit.put(name, now, mark)}
                  onRename={(to) => edit.rename(name, to)}
                  onStart={() => edit.start(name)}
                  onCopy={edit.duplicate}
                  onDelete={() => edit.remove([name])}
                />
              ) : (
                <Empty title={t('edit.none')} />
              ))}
            {side === 'check' && (
              <Remarks
                remarks={judged.remarks}
                pending={judged.pending || kept.saving !== 'saved'}
                onOpen={openBeside}
              />
            )}
            {side === 'rehearse' && (
              <RehearsalPanel id={id} scenario={draft.scenario} speech={speech} onLit={onLit} onOpen={open} />
            )}
            {side === 'call' && (
              <TrialPanel id={id} scenario={draft.scenario} speech={speech} onLit={onLit} onOpen={open} />
            )}
            {side === 'versions' && (
              <VersionsPanel
                id={id}
                compared={compared}
                differences={differences.data}
                kinds={kinds}
                kindOf={kindOf}
                speech={speech}
                onCompare={setCompared}
                onTake={may('configure') ? take : undefined}
                onOpen={open}
              />
            )}
          </div>
        </aside>
      </div>
      {publishing && (
        <PublishDialog
          id={id}
          revision={kept.revision}
          ready={kept.saving === 'saved' && !judged.pending}
          problems={judged.problems}
          kinds={kinds}
          kindOf={kindOf}
          speech={speech}
          onClose={() => setPublishing(false)}
          onOpen={open}
        />
      )}
    </div>
  )

  function openBesideFresh(made: string) {
    setSide('node')
    setFocus({ node: made })
  }
}

function isEmpty(scenario: Scenario): boolean {
  return Object.keys(scenario.nodes).length === 0
}

/** What one must know about saving: lost network, refusals, another editor. */
function Telling({ kept, keeper, row }: Pick<ReturnType<typeof useDraft>, 'kept' | 'keeper'> & { row: ScenarioRow }) {
  const { t } = useTranslation()
  if (kept.saving === 'meanwhile')
    return (
      <Note tone="care" testId="edited-meanwhile">
        {kept.trouble || t('edit.meanwhile')}{' '}
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => void theirs(row.id).then((stored) => keeper.take(stored))}
        >
          {t('edit.take')}
        </Button>{' '}
        <Button size="compact-xs" variant="default" onClick={() => keeper.insist()}>
          {t('edit.insist')}
        </Button>
      </Note>
    )
  if (kept.saving === 'offline' || kept.saving === 'refused')
    return (
      <Note tone="bad" testId="not-saved">
        {t(`edit.${kept.saving}`)}. {kept.trouble}
      </Note>
    )
  if (kept.takenFrom) return <Note tone="care">{t('edit.taken', { by: kept.takenFrom })}</Note>
  return null
}
