import { CloseButton, SegmentedControl, Select } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import type { components } from '@/api/generated/schema'
import { seconds } from '@/api/types'
import { useReports } from '@/features/reports/queries'
import { DaysChoice } from '@/features/reports/DaysChoice'
import { daysOf } from '@/features/reports/search'
import { WithSections } from '@/features/reports/Sections'
import { useMay } from '@/features/session/session'
import { currentLocale } from '@/i18n'
import { decimal, percent, personNumber } from '@/ui/format'
import { useDirectory } from '@/ui/names'
import { Empty, Loading, Moment, Number, Panel, Trouble } from '@/ui/pieces'
import type { SurveySearch } from './search'
import './surveys.css'

type Row = components['schemas']['SurveyRow']
/** `answer` "" = who was asked and did not answer */
interface Opened {
  row: Row
  answer: string
}

const MOST = 200

/** What was answered by keys, as shares; behind each answer the contacts that gave it. */
export function Surveys() {
  const { t } = useTranslation()
  const search = useSearch({ from: '/reports/surveys' })
  const navigate = useNavigate({ from: '/reports/surveys' })
  const [opened, setOpened] = useState<Opened>()
  const configures = useMay()('configure')
  const reports = useReports()
  const zone = reports.data?.choices.zone
  const asked = useAsked(search, zone)
  const told = useQuery({
    queryKey: ['surveys', asked],
    enabled: zone !== undefined,
    queryFn: () => must(client.GET('/api/surveys', { params: { query: asked } })),
    placeholderData: keepPreviousData,
  })
  const change = (part: SurveySearch) => {
    setOpened(undefined)
    void navigate({
      search: (before: SurveySearch) =>
        Object.fromEntries(Object.entries({ ...before, ...part }).filter(([, value]) => value)),
      replace: true,
    })
  }
  const rows = told.data?.rows ?? []
  return (
    <WithSections>
      <div className="k-column">
        <header>
          <h1 style={{ margin: 0, fontSize: 18 }}>{t('survey.title')}</h1>
          <p className="k-quiet" style={{ margin: 0 }}>
            {t('survey.about')}
          </p>
        </header>
        <Ask search={search} zone={zone ?? ''} onChange={change} />
        {reports.error && <Trouble error={reports.error} retry={() => void reports.refetch()} />}
        {told.error && <Trouble error={told.error} retry={() => void told.refetch()} />}
        {!told.data && !told.error && !reports.error && <Loading />}
        {told.data && rows.length === 0 && (
          <section className="k-panel k-grow">
            <Empty title={t('survey.none')} action={configures && <WaysOn />}>
              {t('survey.none_hint')}
            </Empty>
          </section>
        )}
        {surveysOf(rows).map(([survey, name, questions]) => (
          <Panel key={survey} title={name} flush testId="survey">
            <Questions rows={questions} by={search.by ?? ''} opened={opened} onOpen={setOpened} />
          </Panel>
        ))}
        {opened && (
          <Behind key={JSON.stringify(opened)} {...opened} asked={asked} onClose={() => setOpened(undefined)} />
        )}
      </div>
    </WithSections>
  )
}

function WaysOn() {
  const { t } = useTranslation()
  return (
    <span>
      <Link to="/settings/scenarios" className="k-link">
        {t('nav.scenarios')}
      </Link>{' '}
      ·{' '}
      <Link to="/settings/queues" className="k-link">
        {t('settings.queues')}
      </Link>
    </span>
  )
}

function useAsked(search: SurveySearch, zone: string | undefined) {
  const { by, queue, agent } = search
  const days = daysOf(search, zone ?? 'Europe/Moscow')
  return { ...days, zone: zone ?? 'Europe/Moscow', by: (by ?? '') as '' | 'queue' | 'agent', queue, agent }
}

/** (scenario, its name, its rows), in the order of the report. */
function surveysOf(rows: readonly Row[]): [string, string, Row[]][] {
  const found = new Map<string, Row[]>()
  for (const row of rows) found.set(row.survey, [...(found.get(row.survey) ?? []), row])
  return [...found].map(([survey, of]) => [survey, of[0]?.survey_name ?? survey, of])
}

function Ask({ search, zone, onChange }: { search: SurveySearch; zone: string; onChange: (p: SurveySearch) => void }) {
  const { t } = useTranslation()
  const { queues, agents } = useDirectory()
  const days = daysOf(search, zone || 'Europe/Moscow')
  const names = Object.fromEntries(Object.entries(agents).map(([id, agent]) => [id, agent.name]))
  return (
    <div className="k-filters" role="search" aria-label={t('reports.ask')}>
      <DaysChoice period={search.period} days={days} onChange={onChange} />
      <SegmentedControl
        aria-label={t('reports.by')}
        value={search.by ?? ''}
        onChange={(by) => onChange({ by })}
        data={['', 'queue', 'agent'].map((value) => ({ value, label: t(`survey.by_${value || 'all'}`) }))}
        data-testid="survey-by"
      />
      {(
        [
          ['queue', queues],
          ['agent', names],
        ] as const
      ).map(([name, among]) => (
        <Select
          key={name}
          aria-label={t(`survey.${name}`)}
          placeholder={t(`survey.all_${name}s`)}
          data={Object.entries(among).map(([value, label]) => ({ value, label }))}
          value={search[name] ?? null}
          onChange={(value) => onChange({ [name]: value ?? '' })}
          clearable
          searchable
          w={170}
        />
      ))}
    </div>
  )
}

interface QuestionsProps {
  rows: Row[]
  by: string
  opened: Opened | undefined
  onOpen: (opened: Opened) => void
}

function Questions({ rows, by, opened, onOpen }: QuestionsProps) {
  const { t } = useTranslation()
  const locale = currentLocale()
  return (
    <table className="k-table k-wrapping">
      <thead>
        <tr>
          <th>{t('survey.question')}</th>
          {by && <th>{t(`survey.${by}`)}</th>}
          <th className="k-right">{t('survey.asked')}</th>
          <th className="k-right">{t('survey.answered')}</th>
          <th className="k-right">{t('survey.mean')}</th>
          <th>{t('survey.answers')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.question} ${row.key}`} data-testid="survey-row">
            <td>{row.question_name}</td>
            {by && <td>{row.key_name || t(by === 'agent' ? 'survey.nobody' : 'survey.no_queue')}</td>}
            <td className="k-right k-num">{row.asked}</td>
            <td className="k-right k-num">
              {row.answered} <span className="k-quiet">{percent(row.answered / row.asked, locale)}</span>
            </td>
            <td className="k-right k-num">{row.mean === null ? '–' : decimal(row.mean, locale, 2)}</td>
            <td>
              <div className="k-answers">
                {row.answers.map((one) => (
                  <Answer
                    key={one.answer}
                    words={one.answer}
                    count={one.count}
                    share={one.share}
                    pressed={opened?.row === row && opened.answer === one.answer}
                    onOpen={() => onOpen({ row, answer: one.answer })}
                  />
                ))}
                {row.asked > row.answered && (
                  <Answer
                    words={t('survey.unanswered')}
                    count={row.asked - row.answered}
                    pressed={opened?.row === row && opened.answer === ''}
                    onOpen={() => onOpen({ row, answer: '' })}
                  />
                )}
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface AnswerProps {
  words: string
  count: number
  /** of those who answered */
  share?: number
  pressed: boolean
  onOpen: () => void
}

function Answer({ words, count, share, pressed, onOpen }: AnswerProps) {
  const { t } = useTranslation()
  return (
    <button
      type="button"
      className="k-answer"
      aria-pressed={pressed}
      title={t('survey.count', { count })}
      style={{ '--k-share': `${Math.round((share ?? 0) * 100)}%` } as React.CSSProperties}
      onClick={onOpen}
      data-testid="survey-answer"
    >
      <strong>{words}</strong>
      <span className="k-right k-num k-quiet">
        {count}
        {share !== undefined && ` · ${percent(share, currentLocale())}`}
      </span>
    </button>
  )
}

interface BehindProps extends Opened {
  asked: ReturnType<typeof useAsked>
  onClose: () => void
}

function Behind({ row, answer, asked, onClose }: BehindProps) {
  const { t } = useTranslation()
  const query = { ...asked, survey: row.survey, question: row.question, answer, ...(asked.by && { key: row.key }) }
  const found = useQuery({
    queryKey: ['surveys', 'contacts', query],
    queryFn: () => must(client.GET('/api/surveys/contacts', { params: { query } })),
  })
  const title = t(answer ? 'survey.contacts' : 'survey.contacts_silent', { answer, question: row.question_name })
  return (
    <Panel
      title={title}
      flush
      testId="survey-contacts"
      aside={<CloseButton size="sm" aria-label={t('close')} onClick={onClose} />}
    >
      {found.error && <Trouble error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <Loading />}
      <ul className="k-rows">
        {found.data?.map((contact) => (
          <li key={contact.id} className="k-owed" data-testid="survey-contact">
            <Moment at={seconds(contact.arrived_at)} />
            <Link to="/journal" search={{ open: contact.id }} className="k-link">
              <Number of={personNumber(contact)} />
            </Link>
            <span className="k-cut k-quiet">{contact.queue_name}</span>
            <span className="k-cut">{contact.agents.map((agent) => agent.name).join(', ')}</span>
          </li>
        ))}
      </ul>
      {found.data?.length === MOST && (
        <p className="k-quiet" style={{ padding: 12 }}>
          {t('survey.most', { count: MOST })}
        </p>
      )}
    </Panel>
  )
}
