import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import type { components } from '@/api/generated/schema'
import { seconds } from '@/api/types'
import { usePeople } from '@/features/people/queries'
import { DateField } from '@/ui/DateField'
import { Empty, Loading, Moment, Panel, Trouble } from '@/ui/pieces'
import { fieldWords, stepsOf, tellingChanges } from './spoken'
import { Subject } from './Subject'
import { useSpeech, Value } from './Value'

type Line = components['schemas']['AuditLine']
type Change = components['schemas']['FieldChange']

const AREAS = [
  'people',
  'agents',
  'skills',
  'queues',
  'numbers',
  'trunks',
  'projects',
  'calendars',
  'scenarios',
  'lookups',
  'keys',
  'webhooks',
  'publishing',
  'first_steps',
  'session',
  'recordings',
  'retention',
  'prompts',
  'outgoing',
  'codes',
  'mail',
  'doors',
  'fax',
  'black_list',
  'alerts',
  'filters',
  'reports',
  'letters',
  'message_letters',
  'audits',
  'colander',
  'calls',
  'customers',
  'debts',
  'knowledge',
  'scripts',
  'topics',
] as const
const PAGE = 100

/** Who did what, and what it was before and after. */
export function AuditLog() {
  const { t } = useTranslation()
  const people = usePeople()
  const [person, setPerson] = useState('')
  const [area, setArea] = useState('')
  const [typed, setTyped] = useState('')
  const [day, setDay] = useState('')
  const [about] = useDebouncedValue(typed.trim(), 300)
  const lines = useInfiniteQuery({
    queryKey: ['settings', 'audit', person, area, about, day],
    initialPageParam: 0,
    queryFn: ({ pageParam }) =>
      must(
        client.GET('/api/audit', {
          params: { query: { limit: PAGE, before: pageParam, person, area, about, ...ofDay(day) } },
        }),
      ),
    getNextPageParam: (last) => (last.length < PAGE ? undefined : last.at(-1)?.id),
  })
  const rows = lines.data?.pages.flat() ?? []
  return (
    <div className="k-column">
      <h1 className="k-hidden">{t('settings.audit')}</h1>
      <div className="k-set-line" role="search">
        <NativeSelect
          aria-label={t('settings.audit_person')}
          value={person}
          onChange={(event) => setPerson(event.currentTarget.value)}
          data={[
            { value: '', label: t('settings.audit_everybody') },
            ...(people.data ?? []).map((one) => ({ value: one.id, label: one.name })),
          ]}
        />
        <NativeSelect
          aria-label={t('settings.audit_area')}
          value={area}
          onChange={(event) => setArea(event.currentTarget.value)}
          data={[
            { value: '', label: t('settings.audit_everything') },
            ...AREAS.map((one) => ({ value: one, label: t(`settings.area.${one}`) })),
          ]}
        />
        <DateField aria-label={t('settings.date')} value={day} onChange={setDay} w={130} />
        <TextInput
          className="k-grow"
          aria-label={t('settings.audit_about')}
          placeholder={t('settings.audit_about')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      <Panel title={t('settings.audit')} flush className="k-grow">
        {lines.error && <Trouble error={lines.error} retry={() => void lines.refetch()} />}
        {lines.isPending && <Loading />}
        {lines.data && rows.length === 0 && <Empty title={t('nothing_found')}>{t('settings.audit_none')}</Empty>}
        {rows.length > 0 && (
          <table className="k-table k-wrapping">
            <thead>
              <tr>
                <th>{t('settings.when')}</th>
                <th>{t('settings.who')}</th>
                <th style={{ minWidth: 190 }}>{t('settings.did')}</th>
                <th>{t('settings.what')}</th>
                <th>{t('settings.before_after')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((line) => (
                <tr key={line.id} data-testid="audit-row">
                  <td>
                    <Moment at={seconds(line.at)} />
                  </td>
                  <td className="k-set-who">
                    {line.user_name || (line.user_id.startsWith('key:') ? line.user_id : t('settings.by_itself'))}
                  </td>
                  <td>{t(`settings.action.${line.action.replace('.', '_')}`, line.action)}</td>
                  <td>
                    <Subject line={line} />
                  </td>
                  <td>
                    <Details line={line} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {lines.hasNextPage && (
          <div style={{ padding: 10 }}>
            <Button variant="default" onClick={() => void lines.fetchNextPage()} loading={lines.isFetchingNextPage}>
              {t('more')}
            </Button>
          </div>
        )}
      </Panel>
    </div>
  )
}

/** The chosen day from its midnight to the next, by this computer's clock. */
function ofDay(day: string): { since?: string; until?: string } {
  if (!day) return {}
  const start = new Date(`${day}T00:00:00`)
  if (Number.isNaN(start.getTime())) return {}
  const end = new Date(start)
  end.setDate(end.getDate() + 1)
  return { since: start.toISOString(), until: end.toISOString() }
}

function Details({ line }: { line: Line }) {
  const area = line.action.split('.')[0] ?? ''
  const changes = line.details.changes as Change[] | undefined
  if (changes) return <Changes area={area} of={changes} />
  return Object.keys(line.details).length > 0 ? <Value area={area} field="" of={line.details} /> : null
}

const SHOWN = 6

/** Field by field: what it was → what it became; of something new only what it is. Of a scenario's steps only which: the editor shows the rest. */
export function Changes({ area, of }: { area: string; of: Change[] }) {
  const { t } = useTranslation()
  const speech = useSpeech()
  const [all, setAll] = useState(false)
  const steps = area === 'scenarios' ? stepsOf(of) : []
  const told = tellingChanges(steps.length > 0 ? of.filter((change) => !change.field.startsWith('nodes.')) : of)
  const isNew = of.every((change) => change.before === null)
  return (
    <ul className="k-set-changes">
      {told.slice(0, all ? told.length : SHOWN).map((change) => (
        <li key={change.field}>
          <span className="k-quiet">{fieldWords(speech, area, change.field)}:</span>{' '}
          {!isNew && (
            <>
              <Value area={area} field={change.field} of={change.before} /> →{' '}
            </>
          )}
          <Value area={area} field={change.field} of={change.after} />
        </li>
      ))}
      {steps.map((step) => (
        <li key={step.name}>
          <span className="k-quiet">{t('spoken.step', { name: step.name })}:</span> {t(`spoken.step_${step.how}`)}
        </li>
      ))}
      {!all && told.length > SHOWN && (
        <li>
          <button type="button" className="k-link" onClick={() => setAll(true)}>
            {t('settings.all_fields', { count: told.length })}
          </button>
        </li>
      )}
    </ul>
  )
}
