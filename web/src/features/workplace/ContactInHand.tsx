import { ActionIcon, SegmentedControl } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queries } from '@/api/queries'
import { type Contact, seconds } from '@/api/types'
import { CallerCard } from '@/features/customers/CallerCard'
import { useCaller, useCardFields } from '@/features/customers/queries'
import { useContact, useEarlier } from '@/features/journal/contacts'
import { OutcomeChip } from '@/features/journal/words'
import { ScriptWalk } from '@/features/scripts/ScriptWalk'
import { useScript } from '@/features/scripts/queries'
import { useMay } from '@/features/session/session'
import { useCollection } from '@/realtime/live'
import { serverNow } from '@/ui/clock'
import { callerName, duration, personNumber } from '@/ui/format'
import { useKeys } from '@/ui/keys'
import { QueueName } from '@/ui/names'
import { Chip, Empty, Moment, Note, Number, Panel, Until } from '@/ui/pieces'
import { sweepDrafts } from './draft'
import { useHand } from './hand'
import { ResultForm } from './ResultForm'

const ProjectValues = lazy(() =>
  import('@/features/customers/ProjectValues').then(({ ProjectValues }) => ({ default: ProjectValues })),
)

export function ContactInHand() {
  const { t } = useTranslation()
  const { contact, isCurrent, rings, putAside } = useHand()
  useEffect(() => sweepDrafts(localStorage, serverNow()), [])
  // what was left half-written is listed beside as soon as the server has its copy
  useEffect(() => {
    const timer = setTimeout(() => void queries.invalidateQueries({ queryKey: ['drafts'] }), 2_000)
    return () => clearTimeout(timer)
  }, [contact])
  if (!contact)
    return (
      <Panel title={t('hand.title')} testId="contact-in-hand">
        <Empty title={t('hand.empty')}>{t('hand.empty_hint')}</Empty>
      </Panel>
    )
  return (
    <section className="k-panel" aria-label={t('hand.title')} data-testid="contact-in-hand" data-contact={contact}>
      {rings && <Rings contact={rings} />}
      <Card contact={contact} onPutAside={isCurrent ? undefined : putAside} key={contact} />
    </section>
  )
}

/** Who calls while I write about somebody else. */
function Rings({ contact }: { contact: string }) {
  const { t } = useTranslation()
  const row = useCollection('calls')[contact]
  return (
    <div style={{ padding: '8px 16px 0' }}>
      <Note tone="work" testId="rings-meanwhile">
        {t('hand.rings')} <Number of={personNumber(row)} />
        <CallerCard number={row?.customer ?? ''} contact={contact} />
      </Note>
    </div>
  )
}

function Card({ contact, onPutAside }: { contact: string; onPutAside?: () => void }) {
  const { t } = useTranslation()
  const row = useCollection('calls')[contact]
  const { data: card } = useContact(contact)
  const customer = row?.customer ?? card?.customer ?? ''
  const knownBy = personNumber(row ?? card)
  const known = useCaller(customer, contact).data?.customer
  const name = known?.name || callerName(row?.caller_name ?? card?.caller_name)
  const queue = row?.queue ?? card?.queue ?? ''
  const project = row?.project ?? card?.project ?? ''
  const arrived = row?.arrived_at ?? (card ? seconds(card.arrived_at) : undefined)
  const inbound = (row?.direction ?? card?.direction) === 'inbound'
  const earlier = useEarlier(customer)
  const before = earlier.data?.items.filter((item) => item.id !== contact)

  return (
    <>
      <div className="k-hand-head">
        <div className="k-cut">
          <span className="k-hand-name">{name || <Number of={knownBy} />}</span>
        </div>
        <div style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
          {before && (
            <Chip>
              <span data-testid="repeat">
                {before.length === 0 ? t('hand.first') : t('hand.repeat', { count: before.length + 1 })}
              </span>
            </Chip>
          )}
          {onPutAside && (
            <ActionIcon onClick={onPutAside} aria-label={t('hand.put_aside')} title={t('hand.put_aside')}>
              <IconX size={16} />
            </ActionIcon>
          )}
        </div>
        <div className="k-hand-facts">
          {name && <Number of={knownBy} />}
          <span>{t(`direction.${row?.direction ?? card?.direction ?? 'inbound'}`)}</span>
          {queue && (
            <span>
              <QueueName id={queue} />
            </span>
          )}
          {inbound && (row?.number ?? card?.number) && (
            <span>
              {t('hand.to')} <Number of={row?.number ?? card?.number ?? ''} />
            </span>
          )}
          {arrived && <Moment at={arrived} />}
          {card?.outcome && <OutcomeChip outcome={card.outcome} cause={card.cause} />}
        </div>
      </div>
      <CallerCard number={customer} contact={contact} />
      <Promised customer={customer} />
      <div className="k-hand-columns">
        <div>
          <ResultForm contact={contact} project={project} card={card} onPutAside={onPutAside} />
        </div>
        <Beside
          contact={contact}
          script={{ number: row?.number ?? card?.number ?? '', queue, project }}
          customer={customer}
          before={before}
          card={known?.id ?? ''}
        />
      </div>
    </>
  )
}

interface BesideProps {
  contact: string
  script: { number: string; queue: string; project: string }
  customer: string
  before: Contact[] | undefined
  /** whose card it is, '' while there is none */
  card: string
}

type Side = 'script' | 'fields' | 'before'

/** Beside the form: the script of this conversation when there is one, and everything before. */
function Beside({ contact, script, customer, before, card }: BesideProps) {
  const { t } = useTranslation()
  const may = useMay()
  const found = useScript(contact, script)
  const asks = useCardFields(script.project).length > 0 && card !== ''
  const [wanted, setWanted] = useState<Side>('script')
  const sides: { value: Side; label: string }[] = [
    ...(found.data ? [{ value: 'script' as const, label: t('operator.script') }] : []),
    ...(asks ? [{ value: 'fields' as const, label: t('operator.fields') }] : []),
    { value: 'before', label: t('operator.before', { count: before?.length ?? 0 }) },
  ]
  const place = Math.max(
    sides.findIndex((one) => one.value === wanted),
    0,
  )
  const shown = sides[place]?.value ?? 'before'
  useKeys({ KeyS: () => setWanted(sides[(place + 1) % sides.length]?.value ?? 'before') })
  return (
    <div>
      {sides.length > 1 && (
        <SegmentedControl
          size="xs"
          fullWidth
          mb={10}
          aria-label={t('operator.beside')}
          value={shown}
          onChange={(value) => setWanted(value)}
          data={sides}
          data-testid="beside"
        />
      )}
      {found.data && shown === 'script' && (
        <ScriptWalk contact={contact} given={found.data} key={`${contact} ${found.data.script}`} />
      )}
      {shown === 'fields' && (
        <Suspense>
          <ProjectValues
            customer={card}
            project={script.project}
            writable={may('edit_customers')}
            contact={contact}
            key={card}
          />
        </Suspense>
      )}
      {shown === 'before' && <Before customer={customer} before={before} isAlone={sides.length === 1} />}
    </div>
  )
}

function Before({ customer, before, isAlone }: { customer: string; before: Contact[] | undefined; isAlone: boolean }) {
  const { t } = useTranslation()
  return (
    <div data-testid="earlier">
      {isAlone && <h3 className="k-subtitle">{t('hand.before')}</h3>}
      {!customer ? (
        <p className="k-quiet">{t('hand.unknown_person')}</p>
      ) : before?.length === 0 ? (
        <p className="k-quiet">{t('hand.nothing_before')}</p>
      ) : (
        <ul className="k-earlier">
          {before?.map((item) => (
            <li key={item.id}>
              <Link to="/journal" search={{ open: item.id }}>
                <div style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
                  <span className="k-grow">
                    <Moment at={seconds(item.arrived_at)} />
                  </span>
                  <OutcomeChip outcome={item.outcome} cause={item.cause} />
                </div>
                <div className="k-quiet k-cut">
                  {[
                    item.topic_title,
                    item.result_title,
                    item.agents.map((agent) => agent.name).join(', '),
                    item.talk_seconds > 0 ? duration(item.talk_seconds) : '',
                  ]
                    .filter(Boolean)
                    .join(' · ') || t(`cause.${item.cause || 'unknown'}`)}
                </div>
                {item.next_step && (
                  <div className="k-cut">
                    {t('operator.promised')} {item.next_step}
                  </div>
                )}
                {item.note && <div className="k-cut">{item.note}</div>}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** What we owe this person: said to him in this conversation, the debt closes by itself when he is served. */
function Promised({ customer }: { customer: string }) {
  const { t } = useTranslation()
  const debts = Object.values(useCollection('debts')).filter((debt) => customer !== '' && debt.customer === customer)
  if (debts.length === 0) return null
  return (
    <div style={{ padding: '8px 16px 0' }}>
      {debts.map((debt) => (
        <Note key={debt.id} tone="care" testId="promised">
          {t('hand.owed', { cause: t(`cause.${debt.cause}`) })} <Moment at={debt.opened_at} />, {t('hand.due')}{' '}
          <Until at={debt.due_at} />
        </Note>
      ))}
    </div>
  )
}
