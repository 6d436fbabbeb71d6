import { Button, Select } from '@mantine/core'
import { IconCoins } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DaysChoice } from '@/features/reports/DaysChoice'
import { useReports } from '@/features/reports/queries'
import { WithSections } from '@/features/reports/Sections'
import { useDirectory } from '@/ui/names'
import { Empty, Loading, Panel, Trouble } from '@/ui/pieces'
import { Advice } from './Advice'
import { Behind } from './Behind'
import { Holes } from './Holes'
import { useNumbers } from './money'
import { type Picture, type Place, useColander } from './queries'
import { chosenOf, type ColanderSearch } from './search'
import { Stream } from './Stream'
import { Worths } from './Worths'

/** The way of every contact from the line to a person, the holes it ran out of, and what would close them. */
export function Colander() {
  const { t } = useTranslation()
  const { projects } = useDirectory()
  const search = useSearch({ from: '/reports/colander' })
  const navigate = useNavigate({ from: '/reports/colander' })
  const [pricing, setPricing] = useState(false)
  const reports = useReports()
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  const zone = reports.data?.choices.zone ?? (reports.isError ? own : undefined)
  const { first, last, ...chosen } = chosenOf(search, zone ?? own)
  const { place } = search
  const asked = useColander(chosen, zone !== undefined)
  const change = (part: ColanderSearch) =>
    void navigate({
      search: (before: ColanderSearch) =>
        Object.fromEntries(Object.entries({ ...before, ...part }).filter(([, value]) => value)),
      replace: true,
    })
  const choose = (next: Place['place']) => change({ place: place === next ? undefined : next })
  return (
    <WithSections>
      <h1 className="k-hidden">{t('sections.colander')}</h1>
      <div className="k-colander-bar">
        <DaysChoice period={search.period} days={{ first, last }} onChange={change} />
        <Select
          aria-label={t('insights.project')}
          placeholder={t('insights.all_projects')}
          data={Object.entries(projects).map(([value, label]) => ({ value, label }))}
          value={search.project ?? null}
          onChange={(value) => change({ project: value ?? '' })}
          clearable
          w={200}
        />
        <span className="k-quiet" title={t('reports.zone')}>
          {zone}
        </span>
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
        <section className="k-panel" style={{ minHeight: 240, display: 'grid' }}>
          <Empty title={t('insights.nothing')}>{t('insights.nothing_hint')}</Empty>
        </section>
      )}
      {asked.data && asked.data.arrived > 0 && (
        <>
          <Summary picture={asked.data} books />
          <section className="k-panel" aria-label={t('sections.colander')} data-testid="colander">
            <Stream picture={asked.data} chosen={place} onChoose={choose} />
          </section>
          <div className="k-colander">
            {place ? (
              <Behind
                key={place}
                chosen={chosen}
                place={place}
                picture={asked.data}
                onClose={() => change({ place: undefined })}
              />
            ) : (
              <Panel title={t('insights.closing')} flush>
                <Advice picture={asked.data} />
              </Panel>
            )}
            <Panel title={t('insights.holes')} flush>
              <Holes picture={asked.data} books={chosen} chosen={place} onChoose={choose} />
            </Panel>
          </div>
        </>
      )}
      <Worths opened={pricing} onClose={() => setPricing(false)} />
    </WithSections>
  )
}

/** `books`: of our own books, which know what became of everybody; of foreign logs that is told by the person. */
export function Summary({ picture, books }: { picture: Picture; books: boolean }) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const { whole, arrived, currency } = picture
  const figures = [
    [numbers.count(whole.contacts), t('insights.leaked', { share: numbers.share(whole.contacts, arrived) })],
    ...(books
      ? [
          [numbers.count(whole.recovered), t('insights.recovered')],
          [numbers.count(whole.owed), t('insights.owed')],
        ]
      : []),
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
