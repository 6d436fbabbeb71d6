import type { TFunction } from 'i18next'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { type ContactCard, type Leg, seconds, type StoryLine } from '@/api/types'
import { CallNumber } from '@/features/phone/CallOut'
import { useMay } from '@/features/session/session'
import { ResultForm } from '@/features/workplace/ResultForm'
import { currentLocale } from '@/i18n'
import { callerName, clockTime, duration, fullTime, personNumber } from '@/ui/format'
import { Chip, Loading, Note, Number, Trouble } from '@/ui/pieces'
import { useContact } from './contacts'
import { Message, type Pause, Player } from './Player'
import { OutcomeChip } from './words'

const Answers = lazy(() => import('@/features/surveys/Answers').then(({ Answers }) => ({ default: Answers })))
const Fax = lazy(() => import('@/features/fax/FaxLink').then(({ Fax }) => ({ default: Fax })))
const Holds = lazy(() => import('@/features/rules/Holds').then(({ Holds }) => ({ default: Holds })))

/** Everything about one contact: the card, the sound, the legs, the story. */
export function Card({ id }: { id: string }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useContact(id)
  const may = useMay()
  if (error) return <Trouble error={error} retry={() => void refetch()} />
  if (!data) return <Loading />
  const number = personNumber(data)
  return (
    <article className="k-contact" data-testid="contact" data-contact={id}>
      <div className="k-contact-head">
        <span className="k-contact-name">{callerName(data.caller_name) || <Number of={number} />}</span>
        {callerName(data.caller_name) && <Number of={number} />}
        {data.customer && <CallNumber number={data.customer} />}
        <OutcomeChip outcome={data.outcome} cause={data.cause} />
        {data.cause && data.cause !== 'talked' && (
          <span className="k-quiet">{t(`cause.${data.cause}`, data.cause)}</span>
        )}
        {data.debt && <Chip tone="care">{t('journal.left_debt')}</Chip>}
        {data.repays && <Chip>{t('journal.repays')}</Chip>}
      </div>
      <Facts card={data} />
      {data.story.some((line) => line.type === 'question_answered') && (
        <Suspense>
          <Answers story={data.story} questions={data.questions} />
        </Suspense>
      )}
      {may('listen_recordings') && <Sound card={data} />}
      {may('classify_calls') && data.agents.length > 0 && (
        <section>
          <h3>{t('result.title')}</h3>
          <ResultForm project={data.project} contact={id} card={data} />
        </section>
      )}
      <Legs legs={data.legs} />
      <Story lines={data.story} />
    </article>
  )
}

function Facts({ card }: { card: ContactCard }) {
  const { t } = useTranslation()
  const facts: [string, React.ReactNode][] = [
    ['journal.arrived', fullTime(seconds(card.arrived_at), currentLocale())],
    ['journal.direction', t(`direction.${card.direction}`)],
    ['journal.number', <Number key="n" of={card.number} />],
    ['journal.project', card.project_name || card.project],
    ['journal.queue', card.queue_name || card.queue || '–'],
    ['journal.agent', card.agents.map((agent) => agent.name).join(', ') || '–'],
    ['journal.waited', card.wait_seconds >= 0.5 ? duration(card.wait_seconds) : '–'],
    [
      'journal.talked',
      card.talk_seconds > 0
        ? duration(card.talk_seconds) +
          (card.hold_seconds > 0 ? ` (${t('journal.held', { time: duration(card.hold_seconds) })})` : '')
        : '–',
    ],
  ]
  if (card.keys) facts.push(['journal.keys', card.keys])
  if (card.source !== 'live') facts.push(['journal.source', t(`source.${card.source}`, card.source)])
  facts.push(['journal.id', <code key="id">{card.id}</code>])
  return (
    <dl className="k-facts">
      {facts.map(([name, value]) => (
        <div key={name} style={name === 'journal.id' ? { gridColumn: 'span 2' } : undefined}>
          <dt>{t(name)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Sound({ card }: { card: ContactCard }) {
  const { t } = useTranslation()
  const base = `/api/contacts/${encodeURIComponent(card.id)}`
  const talked = card.connected_at !== null
  const may = useMay()
  return (
    <>
      {card.message && (
        <section>
          <h3>{t('sound.message')}</h3>
          <Message source={`${base}/message`} seconds={card.message_seconds} />
        </section>
      )}
      {(card.fax || card.fax_problem) && (
        <Suspense>
          <Fax contact={card.id} pages={card.fax_pages} station={card.fax_station} problem={card.fax_problem} />
        </Suspense>
      )}
      {(card.recording || talked) && (
        <section>
          <h3>{t('sound.recording')}</h3>
          {card.recording_deleted_at ? (
            <Note tone="away" testId="recording-deleted">
              {t('sound.deleted', {
                day: fullTime(seconds(card.recording_deleted_at), currentLocale()),
                rule: card.recording_deleted_rule,
              })}
            </Note>
          ) : card.recording ? (
            <Player source={`${base}/recording`} seconds={card.recording_seconds} pauses={pausesOf(card.story)} />
          ) : card.recording_problem ? (
            <Note tone="bad">{t('sound.missing', { problem: card.recording_problem })}</Note>
          ) : (
            <Note tone="away">{t('sound.soon')}</Note>
          )}
          {card.recording && !card.recording_deleted_at && may('hold_recordings') && (
            <div className="k-below-player">
              <Suspense>
                <Holds of={{ kind: 'contact', subject: card.id }} />
              </Suspense>
            </div>
          )}
        </section>
      )}
    </>
  )
}

/** Where nothing was recorded, as the ledger tells of the recording. */
function pausesOf(story: StoryLine[]): Pause[] {
  const told = story.findLast((line) => line.type === 'recording_ready')?.details.pauses
  const pairs = Array.isArray(told) ? (told as [number, number][]) : []
  return pairs.filter(([, seconds]) => seconds > 0).map(([from, seconds]) => ({ from, seconds }))
}

function Legs({ legs }: { legs: Leg[] }) {
  const { t } = useTranslation()
  const locale = currentLocale()
  const time = (moment: string | null) => (moment ? clockTime(seconds(moment), locale) : '–')
  return (
    <section>
      <h3>{t('legs.title')}</h3>
      <table className="k-table k-framed" data-testid="legs">
        <thead>
          <tr>
            <th>{t('legs.party')}</th>
            <th>{t('legs.started')}</th>
            <th>{t('legs.up')}</th>
            <th>{t('legs.ended')}</th>
            <th className="k-right">{t('legs.talk')}</th>
            <th>{t('legs.end')}</th>
          </tr>
        </thead>
        <tbody>
          {legs.map((leg) => (
            <tr key={leg.leg}>
              <td className="k-cut" title={leg.leg}>
                {t(`party.${leg.party}`, leg.party)}
                {(leg.agent_name || leg.endpoint) && <span className="k-quiet"> {leg.agent_name || leg.endpoint}</span>}
              </td>
              <td>{time(leg.started_at)}</td>
              <td>{time(leg.up_at)}</td>
              <td>{time(leg.ended_at)}</td>
              <td className="k-right">{leg.talk_seconds > 0 ? duration(leg.talk_seconds) : '–'}</td>
              <td className="k-quiet">{legEnd(t, leg)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function legEnd(t: TFunction, leg: Leg): string {
  const parts = [
    leg.offer ? t(`offer.${leg.offer}`, leg.offer) : '',
    leg.cause !== null ? t(`q850.${leg.cause}`, `Q.850 ${leg.cause}`) : '',
  ]
  return parts.filter(Boolean).join(' · ')
}

function Story({ lines }: { lines: StoryLine[] }) {
  const { t } = useTranslation()
  const locale = currentLocale()
  const first = lines[0]
  const start = first ? seconds(first.at) : 0
  return (
    <section>
      <h3>{t('story.title', { count: lines.length })}</h3>
      <ol className="k-story" data-testid="story">
        {lines.map((line) => (
          <li key={line.position} title={line.type} data-type={line.type}>
            <span className="k-num">{clockTime(seconds(line.at), locale)}</span>
            <span className="k-num k-quiet k-right">+{duration(seconds(line.at) - start)}</span>
            <span>{line.text[locale]}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
