import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import type { components } from '@/api/generated/schema'
import { queries } from '@/api/queries'
import { seconds } from '@/api/types'
import { currentLocale } from '@/i18n'
import { addLazyWords } from '@/i18n/lazy'
import { DateField } from '@/ui/DateField'
import { fullTime } from '@/ui/format'
import { Chip, Empty, Loading, Number as Phone, Trouble } from '@/ui/pieces'
import './rules.css'

addLazyWords()

type Hold = components['schemas']['HoldRow']
type Of = { kind: 'contact' | 'customer'; subject: string }

const KEY = ['recordings', 'holds']

/** What is not deleted: everything, or of one contact or customer with the way to put a hold. */
export function Holds({ of }: { of?: Of }) {
  const { t } = useTranslation()
  const [putting, setPutting] = useState(false)
  const holds = useQuery({
    queryKey: [...KEY, of?.kind ?? '', of?.subject ?? ''],
    queryFn: () => must(client.GET('/api/recordings/holds', { params: { query: of ?? {} } })),
  })
  if (holds.error && !holds.data) return <Trouble error={holds.error} retry={() => void holds.refetch()} />
  if (!holds.data) return <Loading />
  return (
    <div data-testid="hold-list">
      {!of && holds.data.length === 0 && <Empty title={t('keeping.holds_none')}>{t('keeping.holds_none_hint')}</Empty>}
      {holds.data.length > 0 && (
        <ul className="k-holds">
          {holds.data.map((hold) => (
            <Line key={hold.id} hold={hold} told={!of} />
          ))}
        </ul>
      )}
      {of && !putting && !holds.data.some((hold) => hold.stands) && (
        <Button variant="default" size="compact-sm" onClick={() => setPutting(true)} data-testid="hold-open">
          {t('keeping.hold')}
        </Button>
      )}
      {of && putting && <Put of={of} done={() => setPutting(false)} />}
    </div>
  )
}

const refresh = () => void queries.invalidateQueries({ queryKey: KEY })

function Line({ hold, told }: { hold: Hold; told: boolean }) {
  const { t } = useTranslation()
  const [lifting, setLifting] = useState(false)
  const [reason, setReason] = useState('')
  const lift = useMutation({
    mutationFn: () =>
      must(
        client.POST('/api/recordings/holds/{hold_id}/lift', {
          params: { path: { hold_id: hold.id } },
          body: { reason },
        }),
      ),
    onSuccess: refresh,
  })
  const when = (at: string) => fullTime(seconds(at), currentLocale())
  const submit = (event: FormEvent) => {
    event.preventDefault()
    lift.mutate()
  }
  return (
    <li className="k-rules-stop" data-testid="hold" data-stands={hold.stands}>
      {told && (
        <span>
          {t(`keeping.of.${hold.kind}`)}{' '}
          <Link
            to={hold.kind === 'contact' ? '/journal' : '/customers'}
            search={{ open: hold.subject }}
            className="k-link"
          >
            {hold.kind === 'contact' && hold.name ? <Phone of={hold.name} /> : hold.name || hold.subject}
          </Link>
        </span>
      )}
      <span>
        <Chip tone={hold.stands ? 'care' : 'away'}>
          {t(hold.stands ? 'keeping.stands' : hold.lifted_at ? 'keeping.lifted' : 'keeping.over')}
        </Chip>{' '}
        {hold.reason}
      </span>
      <span className="k-quiet">
        {t('keeping.by', { who: hold.by, when: when(hold.at) })} ·{' '}
        {hold.until ? t('keeping.until', { day: when(hold.until) }) : t('keeping.no_end')}
      </span>
      {hold.lifted_at && (
        <span className="k-quiet">
          {t('keeping.lifted_by', { who: hold.lifted_by, when: when(hold.lifted_at), why: hold.lifted_why })}
        </span>
      )}
      {hold.stands && !lifting && (
        <span>
          <Button variant="default" size="compact-sm" onClick={() => setLifting(true)}>
            {t('keeping.lift')}
          </Button>
        </span>
      )}
      {hold.stands && lifting && (
        <form onSubmit={submit} className="k-set-line">
          <TextInput
            className="k-grow"
            aria-label={t('keeping.lift_reason')}
            placeholder={t('keeping.lift_reason')}
            value={reason}
            autoFocus
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button type="submit" disabled={reason.trim().length < 3} loading={lift.isPending}>
            {t('keeping.lift')}
          </Button>
          <Button variant="default" onClick={() => setLifting(false)}>
            {t('cancel')}
          </Button>
        </form>
      )}
      {lift.error && <Trouble error={lift.error} />}
    </li>
  )
}

function Put({ of, done }: { of: Of; done: () => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const [day, setDay] = useState('')
  const put = useMutation({
    mutationFn: () =>
      must(
        client.POST('/api/recordings/holds', {
          // to the end of that day, as people mean it
          body: { ...of, reason, until: day ? new Date(`${day}T23:59:59`).toISOString() : null },
        }),
      ),
    onSuccess: () => {
      refresh()
      done()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    put.mutate()
  }
  return (
    <form onSubmit={submit} className="k-set-group" data-testid="hold-form">
      <TextInput
        label={t('keeping.hold_reason')}
        value={reason}
        autoFocus
        onChange={(event) => setReason(event.currentTarget.value)}
        data-testid="hold-reason"
      />
      <DateField label={t('keeping.hold_until')} value={day} onChange={setDay} />
      {put.error && <Trouble error={put.error} />}
      <div className="k-buttons">
        <Button type="submit" disabled={reason.trim().length < 3} loading={put.isPending} data-testid="hold-put">
          {t('keeping.hold_put')}
        </Button>
        <Button variant="default" onClick={done}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}
