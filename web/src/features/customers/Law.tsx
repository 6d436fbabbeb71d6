import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconDownload, IconEraser } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import { queries } from '@/api/queries'
import { seconds } from '@/api/types'
import { useMay } from '@/features/session/session'
import { addFieldWords } from '@/i18n/fields'
import { Chip, Moment, Trouble } from '@/ui/pieces'
import { Modal } from '@/ui/Modal'
import type { CustomerCard } from './queries'

addFieldWords()

const PURPOSES = ['personal_data', 'recording', 'marketing'] as const

const refresh = () => queries.invalidateQueries({ queryKey: ['customers'] })

interface Props {
  card: CustomerCard
  writable: boolean
  onGone: () => void
}

/** What the law asks of a card. */
export function Law({ card, writable, onGone }: Props) {
  return (
    <>
      <Consents card={card} writable={writable} />
      {card.merged_into === '' && <Wishes card={card} onGone={onGone} />}
    </>
  )
}

/** What the customer agreed to: every giving and withdrawal stays, the newest of each kind is in force. */
function Consents({ card, writable }: { card: CustomerCard; writable: boolean }) {
  const { t } = useTranslation()
  const [what, setWhat] = useState<string>(PURPOSES[0])
  const [how, setHow] = useState('')
  const add = useMutation({
    mutationFn: (given: boolean) =>
      must(
        client.POST('/api/customers/{customer_id}/consents', {
          params: { path: { customer_id: card.id } },
          body: { what, given, how: how.trim() },
        }),
      ),
    onSuccess: () => {
      setHow('')
      void refresh()
    },
  })
  const told = (purpose: string) => t(`consents.what.${purpose}`, purpose)
  const newest = card.consents.filter((one, place) => card.consents.findIndex((o) => o.what === one.what) === place)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    add.mutate(true)
  }
  return (
    <section aria-label={t('consents.title')} data-testid="consents">
      <h3 className="k-subtitle">{t('consents.title')}</h3>
      {card.consents.length === 0 && <p className="k-quiet">{t('consents.none')}</p>}
      <ul className="k-plain">
        {card.consents.map((one) => (
          <li key={one.id} className="k-note-line" data-testid="consent">
            <div>
              {told(one.what)}{' '}
              <Chip tone={newest.includes(one) && one.given ? 'good' : 'away'}>
                {t(one.given ? 'consents.given' : 'consents.withdrawn')}
              </Chip>
            </div>
            <div className="k-quiet">
              {one.how} · {one.by_name} · <Moment at={seconds(one.at)} />
            </div>
          </li>
        ))}
      </ul>
      {writable && (
        <form onSubmit={submit} className="k-form">
          <NativeSelect
            aria-label={t('consents.purpose')}
            value={what}
            onChange={(event) => setWhat(event.currentTarget.value)}
            data={PURPOSES.map((value) => ({ value, label: told(value) }))}
          />
          <TextInput
            aria-label={t('consents.how')}
            placeholder={t('consents.how')}
            value={how}
            maxLength={100}
            onChange={(event) => setHow(event.currentTarget.value)}
            data-testid="consent-how"
          />
          {add.error && <Trouble error={add.error} />}
          <div className="k-buttons">
            <Button
              type="submit"
              variant="default"
              disabled={!how.trim()}
              loading={add.isPending}
              data-testid="consent-give"
            >
              {t('consents.give')}
            </Button>
            <Button variant="default" disabled={!how.trim() || add.isPending} onClick={() => add.mutate(false)}>
              {t('consents.withdraw')}
            </Button>
          </div>
        </form>
      )}
    </section>
  )
}

/** A person's legal wishes: everything that is kept, as a file; and the erasure of it. */
function Wishes({ card, onGone }: { card: CustomerCard; onGone: () => void }) {
  const { t } = useTranslation()
  const may = useMay()
  const [asking, setAsking] = useState(false)
  const [typed, setTyped] = useState('')
  const path = { customer_id: card.id }
  const erase = useMutation({
    mutationFn: () => must(client.POST('/api/customers/{customer_id}/erasure', { params: { path } })),
    onSuccess: () => {
      void refresh()
      onGone()
    },
  })
  if (!may('erase_customers')) return null
  const word = t('wishes.word')
  return (
    <section aria-label={t('wishes.title')}>
      <h3 className="k-subtitle">{t('wishes.title')}</h3>
      <div className="k-buttons">
        <Button
          variant="default"
          component="a"
          href={`/api/customers/${encodeURIComponent(card.id)}/everything.zip`}
          download
          leftSection={<IconDownload size={15} />}
          data-testid="person-everything"
        >
          {t('wishes.everything')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconEraser size={15} />}
          onClick={() => setAsking(true)}
          data-testid="person-erase"
        >
          {t('wishes.erase')}
        </Button>
      </div>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('wishes.sure', { name: card.name || t('customers.unnamed') })}
      >
        <p>{t('wishes.hint')}</p>
        <TextInput
          label={t('wishes.type', { word })}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          data-testid="erase-word"
        />
        {erase.error && <Trouble error={erase.error} />}
        <div className="k-buttons k-to-right" style={{ marginTop: 12 }}>
          <Button variant="default" onClick={() => setAsking(false)}>
            {t('cancel')}
          </Button>
          <Button
            color="red"
            disabled={typed.trim().toLowerCase() !== word}
            loading={erase.isPending}
            onClick={() => erase.mutate()}
            data-testid="erase-now"
          >
            {t('wishes.erase')}
          </Button>
        </div>
      </Modal>
    </section>
  )
}
