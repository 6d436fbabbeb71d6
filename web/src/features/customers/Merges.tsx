import { Button, Group, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { seconds } from '@/api/types'
import { Moment, Trouble } from '@/ui/pieces'
import { IdentityText } from './pieces'
import { type CustomerCard, useCardWork, useCustomers } from './queries'

const LEAST = 3
const SHOWN = 5

/** Taking in another card of the same person, and making two of them again. */
export function Merges({ card, onOpen }: { card: CustomerCard; onOpen: (id: string) => void }) {
  const { t } = useTranslation()
  const { merge, undoMerge } = useCardWork(card.id)
  const [text, setText] = useState('')
  const undoable = card.merges.find((one) => one.undone_at === null)
  const error = merge.error ?? undoMerge.error
  return (
    <section aria-label={t('customers.merge')} data-testid="customer-merges">
      <h3 className="k-subtitle">{t('customers.merge')}</h3>
      {card.merged_into === '' && (
        <TextInput
          aria-label={t('customers.merge_search')}
          placeholder={t('customers.merge_search')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          data-testid="customer-merge-search"
        />
      )}
      <Candidates
        text={text}
        card={card}
        busy={merge.isPending}
        onChoose={(id) => merge.mutate(id, { onSuccess: () => setText('') })}
      />
      <ul className="k-plain">
        {card.merges.map((one) => (
          <li key={one.id}>
            <span className="k-grow">
              {t(one.undone_at ? 'customers.was_undone' : 'customers.was_merged')} <Moment at={seconds(one.at)} />,{' '}
              {one.by_name}
            </span>
            {one.id === undoable?.id && card.merged_into === '' ? (
              <Button
                size="compact-xs"
                variant="default"
                loading={undoMerge.isPending}
                onClick={() => undoMerge.mutate(one.id)}
                data-testid="customer-merge-undo"
              >
                {t('customers.undo')}
              </Button>
            ) : (
              one.undone_at && (
                <Button size="compact-xs" variant="subtle" onClick={() => onOpen(one.gone)}>
                  {t('customers.open_gone')}
                </Button>
              )
            )}
          </li>
        ))}
      </ul>
      {error && <Trouble error={error} />}
    </section>
  )
}

interface CandidatesProps {
  text: string
  card: CustomerCard
  busy: boolean
  onChoose: (id: string) => void
}

function Candidates({ text, card, busy, onChoose }: CandidatesProps) {
  const { t } = useTranslation()
  const [asked] = useDebouncedValue(text.trim(), 250)
  const found = useCustomers(asked)
  if (asked.length < LEAST || text.trim() === '') return null
  const others = (found.data?.pages[0]?.items ?? []).filter((one) => one.id !== card.id && one.kind === card.kind)
  if (others.length === 0) return <p className="k-quiet">{t('customers.nothing_found')}</p>
  return (
    <ul className="k-plain">
      {others.slice(0, SHOWN).map((one) => (
        <li key={one.id}>
          <span className="k-grow">
            {one.name || t('customers.unnamed')}{' '}
            {one.identities[0] && (
              <span className="k-quiet">
                <IdentityText of={one.identities[0]} />
              </span>
            )}
          </span>
          <Group gap={4}>
            <Button
              size="compact-xs"
              variant="default"
              loading={busy}
              onClick={() => onChoose(one.id)}
              data-testid="customer-merge-choose"
            >
              {t('customers.take_in')}
            </Button>
          </Group>
        </li>
      ))}
    </ul>
  )
}
