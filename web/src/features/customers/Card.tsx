import { ActionIcon, Button, Group, Textarea, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type FormEvent, lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { seconds } from '@/api/types'
import { OutcomeChip } from '@/features/journal/words'
import { CallNumber } from '@/features/phone/CallOut'
import { useMay } from '@/features/session/session'
import { duration } from '@/ui/format'
import { Chip, Loading, Moment, Note, Trouble, Until } from '@/ui/pieces'
import { Fields } from './Fields'
import { Merges } from './Merges'
import { IdentityText } from './pieces'
import { type CustomerCard, useCardWork, useCustomer, useTimeline } from './queries'

const CardValues = lazy(() => import('./CardValues').then(({ CardValues }) => ({ default: CardValues })))
const Law = lazy(() => import('./Law').then(({ Law }) => ({ default: Law })))
const Holds = lazy(() => import('@/features/rules/Holds').then(({ Holds }) => ({ default: Holds })))

/** One customer: who it is, how to reach them, what is owed, what was before. */
export function Card({ id, onOpen, onGone }: { id: string; onOpen: (id: string) => void; onGone: () => void }) {
  const { t } = useTranslation()
  const may = useMay()
  const { data: card, error, refetch } = useCustomer(id)
  if (error) return <Trouble error={error} retry={() => void refetch()} />
  if (!card) return <Loading />
  const writable = may('edit_customers') && card.merged_into === ''
  return (
    <div className="k-customer" data-testid="customer-card" data-customer={id}>
      <div className="k-customer-head">
        <h2 className="k-grow">{card.name || t('customers.unnamed')}</h2>
        {card.vip && <Chip>{t('customers.vip')}</Chip>}
        <Chip>
          {card.contacts === 0 ? t('customers.no_contacts') : t('customers.contact_count', { count: card.contacts })}
        </Chip>
      </div>
      {card.merged_into && (
        <Note tone="care" testId="customer-merged">
          {t('customers.merged')}{' '}
          <Button size="compact-xs" variant="default" onClick={() => onOpen(card.merged_into)}>
            {t('customers.open_kept')}
          </Button>
        </Note>
      )}
      {card.debts.map((debt) => (
        <Note key={debt.id} tone="care" testId="customer-owed">
          {t('hand.owed', { cause: t(`cause.${debt.cause}`) })} <Moment at={seconds(debt.opened_at)} />, {t('hand.due')}{' '}
          <Until at={seconds(debt.due_at)} />
        </Note>
      ))}
      <div className="k-customer-columns">
        <div>
          <Reach card={card} writable={writable} />
          <Fields card={card} writable={writable} key={card.changed_at} />
          <Suspense>
            <CardValues card={card} writable={writable} />
          </Suspense>
          <People card={card} onOpen={onOpen} />
          {may('merge_customers') && <Merges card={card} onOpen={onOpen} />}
          {may('hold_recordings') && card.merged_into === '' && (
            <section aria-label={t('customers.holds')}>
              <h3 className="k-subtitle">{t('customers.holds')}</h3>
              <Suspense>
                <Holds of={{ kind: 'customer', subject: id }} />
              </Suspense>
            </section>
          )}
        </div>
        <div>
          <Notes card={card} writable={writable} />
          <Timeline id={id} />
          <Suspense>
            <Law card={card} writable={writable} onGone={onGone} />
          </Suspense>
        </div>
      </div>
    </div>
  )
}

function Reach({ card, writable }: { card: CustomerCard; writable: boolean }) {
  const { t } = useTranslation()
  const { addIdentity, removeIdentity } = useCardWork(card.id)
  const [text, setText] = useState('')
  const add = (event: FormEvent) => {
    event.preventDefault()
    const value = text.trim()
    if (value)
      addIdentity.mutate({ kind: value.includes('@') ? 'email' : 'phone', value }, { onSuccess: () => setText('') })
  }
  const error = addIdentity.error ?? removeIdentity.error
  return (
    <section aria-label={t('customers.reach')}>
      <h3 className="k-subtitle">{t('customers.reach')}</h3>
      <ul className="k-plain" data-testid="customer-identities">
        {card.identities.map((one) => (
          <li key={`${one.kind} ${one.value}`}>
            <span className="k-grow">
              <IdentityText of={one} />
            </span>
            {one.kind === 'phone' && <CallNumber number={one.value} />}
            {writable && (
              <ActionIcon
                size="sm"
                onClick={() => removeIdentity.mutate(one)}
                aria-label={t('customers.take_off', { value: one.value })}
                title={t('customers.take_off', { value: one.value })}
              >
                <IconX size={14} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {writable && (
        <form onSubmit={add}>
          <Group gap={8}>
            <TextInput
              className="k-grow"
              aria-label={t('customers.add_reach')}
              placeholder={t('customers.add_reach')}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              maxLength={254}
              data-testid="customer-add-identity"
            />
            <Button type="submit" variant="default" loading={addIdentity.isPending} disabled={!text.trim()}>
              {t('customers.add')}
            </Button>
          </Group>
        </form>
      )}
      {error && <Trouble error={error} />}
    </section>
  )
}

function People({ card, onOpen }: { card: CustomerCard; onOpen: (id: string) => void }) {
  const { t } = useTranslation()
  if (card.people.length === 0) return null
  return (
    <section aria-label={t('customers.people')}>
      <h3 className="k-subtitle">{t('customers.people')}</h3>
      <ul className="k-plain">
        {card.people.map((person) => (
          <li key={person.id}>
            <Button size="compact-sm" variant="subtle" onClick={() => onOpen(person.id)}>
              {person.name || t('customers.unnamed')}
            </Button>
            <span className="k-quiet">{person.position}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Notes({ card, writable }: { card: CustomerCard; writable: boolean }) {
  const { t } = useTranslation()
  const { addNote } = useCardWork(card.id)
  const kept = `kaska.note.${card.id}`
  const [text, setText] = useState(() => localStorage.getItem(kept) ?? '')
  const write = (value: string) => {
    setText(value)
    // what is half-written must survive a reload
    if (value) localStorage.setItem(kept, value)
    else localStorage.removeItem(kept)
  }
  const add = (event: FormEvent) => {
    event.preventDefault()
    addNote.mutate(text.trim(), { onSuccess: () => write('') })
  }
  return (
    <section aria-label={t('customers.notes')}>
      <h3 className="k-subtitle">{t('customers.notes')}</h3>
      {writable && (
        <form onSubmit={add}>
          <Textarea
            aria-label={t('customers.new_note')}
            placeholder={t('customers.new_note')}
            value={text}
            onChange={(event) => write(event.currentTarget.value)}
            autosize
            minRows={2}
            maxLength={8000}
            data-testid="customer-note"
          />
          {addNote.error && <Trouble error={addNote.error} />}
          <Group justify="flex-end" mt={6}>
            <Button
              type="submit"
              variant="default"
              loading={addNote.isPending}
              disabled={!text.trim()}
              data-testid="customer-note-save"
            >
              {t('customers.add')}
            </Button>
          </Group>
        </form>
      )}
      <ul className="k-plain" data-testid="customer-notes">
        {card.notes.map((note) => (
          <li key={note.id} className="k-note-line">
            <div>{note.text}</div>
            <div className="k-quiet">
              {note.by_name} · <Moment at={seconds(note.at)} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Timeline({ id }: { id: string }) {
  const { t } = useTranslation()
  const timeline = useTimeline(id)
  const items = timeline.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section aria-label={t('customers.timeline')} data-testid="customer-timeline">
      <h3 className="k-subtitle">{t('customers.timeline')}</h3>
      {timeline.error && <Trouble error={timeline.error} />}
      {timeline.data && items.length === 0 && <p className="k-quiet">{t('customers.nothing_yet')}</p>}
      <ul className="k-plain">
        {items.map((item) => (
          <li key={item.id} className="k-note-line">
            <Link to="/journal" search={{ open: item.id }} className="k-line-link">
              <span className="k-customer-line">
                <span className="k-grow">
                  <Moment at={seconds(item.arrived_at)} /> · {t(`direction.${item.direction}`)}
                </span>
                <OutcomeChip outcome={item.outcome} cause={item.cause} />
              </span>
              <span className="k-quiet">
                {[
                  item.topic_title,
                  item.result_title,
                  item.agents.map((agent) => agent.name).join(', '),
                  item.talk_seconds > 0 ? duration(item.talk_seconds) : '',
                  item.note,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {timeline.hasNextPage && (
        <Button variant="default" onClick={() => void timeline.fetchNextPage()} loading={timeline.isFetchingNextPage}>
          {t('more')}
        </Button>
      )}
    </section>
  )
}
