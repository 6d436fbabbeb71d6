import { Button, SegmentedControl, Select } from '@mantine/core'
import { IconCoins } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { periodOf } from '@/features/journal/filters'
import { WithSections } from '@/features/reports/Sections'
import { useDirectory } from '@/ui/names'
import { Empty, Loading, Panel, Trouble } from '@/ui/pieces'
import { Advice } from './Advice'
import { Behind } from './Behind'
import { Holes } from './Holes'
import { useNumbers } from './money'
import { type Chosen, type Picture, type Place, useColander } from './queries'
import { Stream } from './Stream'
import { Worths } from './Worths'

const PERIODS = ['today', 'yesterday', 'week', 'month'] as const

/** The way of every contact from the line to a person, the holes it ran out of, and what would close them. */
export function Colander() {
  const { t } = useTranslation()
  const { projects } = useDirectory()
  const [period, setPeriod] = useState<string>('month')
  const [project, setProject] = useState('')
  const [place, setPlace] = useState<Place['place']>()
  const [pricing, setPricing] = useState(false)
  const chosen = useMemo<Chosen>(() => {
    const { from = '', to = '' } = periodOf(period)
    return { from, to, project }
  }, [period, project])
  const asked = useColander(chosen)
  return (
    <WithSections>
      <h1 className="k-hidden">{t('insights.colander')}</h1>
      <div className="k-colander-bar">
        <SegmentedControl
          aria-label={t('insights.period')}
          value={period}
          onChange={setPeriod}
          data={PERIODS.map((value) => ({ value, label: t(`insights.periods.${value}`) }))}
        />
        <Select
          aria-label={t('insights.project')}
          placeholder={t('insights.all_projects')}
          data={Object.entries(projects).map(([value, label]) => ({ value, label }))}
          value={project || null}
          onChange={(value) => setProject(value ?? '')}
          clearable
          w={200}
        />
        <div className="k-grow" />
        <Button
          variant="default"
          leftSection={<IconCoins size={15} />}
          onClick={() => setPricing(true)}
          data-testid="worths"
        >
          {t('insights.worth')}
        </Button>
      </div>
      {asked.error && <Trouble error={asked.error} retry={() => void asked.refetch()} />}
      {asked.isPending && !asked.error && <Loading />}
      {asked.data && asked.data.arrived === 0 && (
        <section className="k-panel" style={{ minHeight: 240 }}>
          <Empty title={t('insights.nothing')}>{t('insights.nothing_hint')}</Empty>
        </section>
      )}
      {asked.data && asked.data.arrived > 0 && (
        <>
          <Summary picture={asked.data} />
          <section className="k-panel" aria-label={t('insights.colander')} data-testid="colander">
            <Stream
              picture={asked.data}
              chosen={place}
              onChoose={(next) => setPlace((now) => (now === next ? undefined : next))}
            />
          </section>
          <div className="k-colander">
            {place ? (
              <Behind
                key={place}
                chosen={chosen}
                place={place}
                picture={asked.data}
                onClose={() => setPlace(undefined)}
              />
            ) : (
              <Panel title={t('insights.closing')} flush>
                <Advice picture={asked.data} />
              </Panel>
            )}
            <Panel title={t('insights.holes')} flush>
              <Holes picture={asked.data} books={chosen} chosen={place} onChoose={setPlace} />
            </Panel>
          </div>
        </>
      )}
      <Worths opened={pricing} onClose={() => setPricing(false)} />
    </WithSections>
  )
}

export function Summary({ picture }: { picture: Picture }) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const { whole, arrived, currency } = picture
  const figures = [
    [numbers.count(whole.contacts), t('insights.leaked', { share: numbers.share(whole.contacts, arrived) })],
    [numbers.count(whole.recovered), t('insights.recovered')],
    [numbers.count(whole.owed), t('insights.owed')],
    [whole.money === null ? '—' : numbers.money(whole.money, currency), t('insights.money')],
  ]
  return (
    <div className="k-figures" style={{ marginBottom: 10 }}>
      {figures.map(([value, name]) => (
        <div key={name}>
          <b className="k-num">{value}</b>
          <span>{name}</span>
        </div>
      ))}
    </div>
  )
}
