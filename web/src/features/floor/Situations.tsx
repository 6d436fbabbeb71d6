import { Anchor, Button, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { seconds } from '@/api/types'
import type { components } from '@/api/generated/schema'
import { currentLocale } from '@/i18n'
import { useNow } from '@/ui/clock'
import { duration } from '@/ui/format'
import { Panel, Trouble } from '@/ui/pieces'
import { useDone, useSituations, useTake } from './actions'
import { useMay } from '@/features/session/session'
import { nameOf, said } from './units'

type Situation = components['schemas']['Situation']

/** What left its limits: since when, who is on it, what was done. Takes no room while all is well. */
export function Situations() {
  const { t } = useTranslation()
  const watches = useMay()('steer_floor')
  const edits = useMay()('edit_alerts')
  return watches ? (
    <List
      aside={
        edits && (
          <Anchor component={Link} to="/settings/alerts" size="xs">
            {t('floor.alert_rules')}
          </Anchor>
        )
      }
    />
  ) : null
}

function List({ aside }: { aside: React.ReactNode }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useSituations(true)
  if (error) return <Trouble error={error} retry={() => void refetch()} />
  if (!data?.length) return null
  return (
    <Panel title={t('floor.critical')} flush testId="situations" aside={aside}>
      <ul className="k-rows">
        {data.map((one) => (
          <Row key={one.id} one={one} />
        ))}
      </ul>
    </Panel>
  )
}

function Row({ one }: { one: Situation }) {
  const { t } = useTranslation()
  const now = useNow()
  const take = useTake()
  const done = useDone()
  const [text, setText] = useState<string>()
  const lasted = (one.until ? seconds(one.until) : now) - seconds(one.since)
  const figure = t(`floor.figure.${one.figure}`)
  return (
    <li
      data-tone={one.until ? 'care' : 'bad'}
      data-testid="situation"
      style={{ gridTemplateColumns: 'minmax(0,1fr) auto auto' }}
    >
      <div className="k-cut">
        <strong>{nameOf(t, one)}</strong>
        <span className="k-quiet">
          {' '}
          {figure}: {said(one.figure, one.worst, currentLocale())} (
          {t(one.above ? 'floor.limit_above' : 'floor.limit_below', {
            limit: said(one.figure, one.limit, currentLocale()),
          })}
          ){one.taken_by && ` · ${t('floor.on_it', { name: one.taken_by_name })}`}
          {one.until && ` · ${t('floor.is_over')}`}
        </span>
        {text !== undefined && (
          <form
            style={{ display: 'flex', gap: 6, marginTop: 4 }}
            onSubmit={(event) => {
              event.preventDefault()
              if (text.trim())
                done.mutate({ situation: one.id, done: text.trim() }, { onSuccess: () => setText(undefined) })
            }}
          >
            <TextInput
              className="k-grow"
              aria-label={t('floor.what_was_done')}
              placeholder={t('floor.what_was_done')}
              maxLength={1000}
              autoFocus
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <Button type="submit" loading={done.isPending} disabled={!text.trim()}>
              {t('save')}
            </Button>
            {done.error && <Trouble error={done.error} />}
          </form>
        )}
        {one.done && text === undefined && <div className="k-quiet k-cut">{one.done}</div>}
      </div>
      <span className="k-num">{duration(lasted)}</span>
      <span style={{ display: 'flex', gap: 6 }}>
        {!one.taken_by && (
          <Button
            variant="default"
            size="compact-xs"
            loading={take.isPending}
            onClick={() => take.mutate(one.id)}
            data-testid="take"
          >
            {t('floor.take')}
          </Button>
        )}
        {text === undefined && (
          <Button variant="default" size="compact-xs" onClick={() => setText(one.done)} data-testid="done">
            {t('floor.tell_done')}
          </Button>
        )}
      </span>
    </li>
  )
}
