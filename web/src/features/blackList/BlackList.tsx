import { Button, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { seconds } from '@/api/types'
import { Sure } from '@/features/integrations/Sure'
import { useMay } from '@/features/session/session'
import { currentLocale } from '@/i18n'
import { phoneNumber, tagOf } from '@/ui/format'
import { Chip, Empty, Loading, Moment, Panel, Trouble } from '@/ui/pieces'
import { beginning } from './beginning'
import { BlockForm } from './BlockForm'
import { type Block, useBlackList, useUnblock } from './queries'

/** Who may not call, and how often they tried. */
export function BlackList() {
  const { t } = useTranslation()
  const list = useBlackList()
  const unblock = useUnblock()
  const [adding, setAdding] = useState(false)
  const [leaving, setLeaving] = useState<Block>()
  const [typed, setTyped] = useState('')
  const mayBlock = useMay()('block_callers')
  if (list.error && !list.data) return <Trouble error={list.error} retry={() => void list.refetch()} />
  if (!list.data) return <Loading />
  const digits = typed.replace(/\D/g, '')
  const rows = list.data.filter(
    (one) =>
      !typed.trim() ||
      one.reason.toLowerCase().includes(typed.trim().toLowerCase()) ||
      (digits && one.number.includes(digits)),
  )
  return (
    <div className="k-column">
      <h1 className="k-hidden">{t('blacklist.title')}</h1>
      <Panel
        title={t('blacklist.title')}
        flush
        className="k-grow"
        testId="black-list"
        aside={
          <>
            {list.data.length > 0 && (
              <TextInput
                size="xs"
                aria-label={t('blacklist.find')}
                placeholder={t('blacklist.find')}
                value={typed}
                onChange={(event) => setTyped(event.currentTarget.value)}
              />
            )}
            {mayBlock && (
              <Button leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)} data-testid="block-new">
                {t('blacklist.new')}
              </Button>
            )}
          </>
        }
      >
        {rows.length === 0 ? (
          <Empty title={list.data.length ? t('blacklist.nothing') : t('blacklist.none')}>
            {list.data.length ? undefined : t('blacklist.none_hint')}
          </Empty>
        ) : (
          <table className="k-table">
            <thead>
              <tr>
                <th>{t('blacklist.number')}</th>
                <th>{t('blacklist.reason')}</th>
                <th>{t('blacklist.until')}</th>
                <th className="k-right">{t('blacklist.calls')}</th>
                <th>{t('blacklist.last')}</th>
                <th>{t('blacklist.by')}</th>
                <th>{t('blacklist.since')}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {rows.map((one) => (
                <Row key={one.number} of={one} onRemove={mayBlock ? () => setLeaving(one) : undefined} />
              ))}
            </tbody>
          </table>
        )}
      </Panel>
      <p className="k-hint" style={{ margin: 0 }}>
        {t('blacklist.hint')}
      </p>
      {adding && <BlockForm onClose={() => setAdding(false)} />}
      {leaving && (
        <Sure
          title={t('blacklist.remove_title', { number: shown(leaving.number) })}
          hint={t('blacklist.remove_hint')}
          yes={t('blacklist.remove')}
          busy={unblock.isPending}
          error={unblock.error}
          onYes={() => unblock.mutate(leaving.number, { onSuccess: () => setLeaving(undefined) })}
          onClose={() => setLeaving(undefined)}
        />
      )}
    </div>
  )
}

/** It holds to the end of a day: the day is what people chose. */
function dayTold(until: string): string {
  return new Date(seconds(until) * 1000 - 1000).toLocaleDateString(tagOf(currentLocale()))
}

function shown(number: string): string {
  return number.endsWith('*') ? `${beginning(number.slice(0, -1))}…` : phoneNumber(number)
}

function Row({ of: one, onRemove }: { of: Block; onRemove: (() => void) | undefined }) {
  const { t } = useTranslation()
  const begins = one.number.endsWith('*')
  return (
    <tr data-testid="block-row">
      <td
        className="k-num"
        title={begins ? t('blacklist.begins', { number: beginning(one.number.slice(0, -1)) }) : undefined}
        style={{ whiteSpace: 'nowrap' }}
      >
        <strong>{shown(one.number)}</strong>
      </td>
      <td>{one.reason}</td>
      <td style={{ whiteSpace: 'nowrap' }}>
        {!one.holds ? (
          <Chip tone="care">{t('blacklist.over')}</Chip>
        ) : one.until ? (
          <>
            {t('blacklist.till')} {dayTold(one.until)}
          </>
        ) : (
          t('blacklist.forever')
        )}
      </td>
      <td className="k-right k-num">{one.calls}</td>
      <td style={{ whiteSpace: 'nowrap' }}>
        {one.last_at ? <Moment at={seconds(one.last_at)} /> : <span className="k-quiet">{t('blacklist.never')}</span>}
      </td>
      <td>{one.by_name}</td>
      <td style={{ whiteSpace: 'nowrap' }}>
        <Moment at={seconds(one.since)} />
      </td>
      <td className="k-right">
        {onRemove && (
          <Button variant="default" size="compact-xs" onClick={onRemove} data-testid="block-remove">
            {t('blacklist.remove')}
          </Button>
        )}
      </td>
    </tr>
  )
}
