import { Button, Progress } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { seconds } from '@/api/types'
import { Empty, Loading, Moment, Trouble } from '@/ui/pieces'
import { readVersion, type ScriptCard, type ScriptDocument, useFigures, useVersions } from './queries'
import { StepView } from './StepView'
import { type Filled, type Pass, standing } from './walk'

/** The draft as an operator will see it, to be walked through. Nothing of it is counted. */
export function Preview({ document }: { document: ScriptDocument }) {
  const [passes, setPasses] = useState<readonly Pass[]>([])
  const [filled, setFilled] = useState<Filled>({})
  const now = standing(document, passes, filled)
  return (
    <StepView
      document={document}
      step={now.step}
      number={now.passes.length + 1}
      filled={filled}
      onFill={setFilled}
      onAnswer={(answer) => setPasses([...now.passes, { step: now.step, answer }])}
      onBack={now.passes.length > 0 ? () => setPasses(now.passes.slice(0, -1)) : undefined}
      onRestart={() => {
        setPasses([])
        setFilled({})
      }}
    />
  )
}

/** Every version that was ever published; any can be taken back into the draft. */
export function Versions({ card, onTake }: { card: ScriptCard; onTake: (document: ScriptDocument) => void }) {
  const { t } = useTranslation()
  const versions = useVersions(card.id, card.version)
  const [error, setError] = useState<unknown>()
  if (versions.error) return <Trouble error={versions.error} retry={() => void versions.refetch()} />
  if (!versions.data) return <Loading />
  if (versions.data.length === 0) return <Empty title={t('scripts.no_versions')}>{t('scripts.no_versions_hint')}</Empty>
  return (
    <>
      {error !== undefined && <Trouble error={error} />}
      <ul className="k-rows">
        {versions.data.map((one) => (
          <li key={one.version} style={{ gridTemplateColumns: '32px minmax(0,1fr) auto' }}>
            <strong className="k-num">{one.version}</strong>
            <span className="k-cut">
              {one.by_name}, <Moment at={seconds(one.at)} />
            </span>
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => void readVersion(card.id, one.version).then(onTake, setError)}
            >
              {t('knowledge.take')}
            </Button>
          </li>
        ))}
      </ul>
    </>
  )
}

/** How many conversations came to each step, and how many ended there. */
export function Figures({ id, version }: { id: string; version: number }) {
  const { t } = useTranslation()
  const figures = useFigures(id, version)
  if (version === 0) return <Empty title={t('scripts.no_versions')}>{t('scripts.no_versions_hint')}</Empty>
  if (figures.error) return <Trouble error={figures.error} retry={() => void figures.refetch()} />
  if (!figures.data) return <Loading />
  const { runs, finished, steps } = figures.data
  if (runs === 0) return <Empty title={t('scripts.no_runs')}>{t('scripts.no_runs_hint')}</Empty>
  return (
    <div data-testid="script-figures">
      <p style={{ marginTop: 0 }}>{t('scripts.finished', { finished, runs })}</p>
      {steps.map((one) => (
        <div key={one.step} style={{ marginBottom: 10 }}>
          <div style={{ display: 'flex', gap: 8 }}>
            <span className="k-grow k-cut">{one.title}</span>
            <span className="k-num">{one.reached}</span>
            <span className="k-num k-quiet">{t('scripts.left', { count: one.left })}</span>
          </div>
          <Progress value={(one.reached / runs) * 100} size={4} color="var(--k-away-fill)" aria-label={one.title} />
        </div>
      ))}
    </div>
  )
}
