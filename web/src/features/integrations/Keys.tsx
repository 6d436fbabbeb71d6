import { Button, Checkbox } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { seconds } from '@/api/types'
import { useNow } from '@/ui/clock'
import { Chip, Empty, Loading, Moment, Panel, Trouble } from '@/ui/pieces'
import { KeyForm } from './KeyForm'
import { type Key, useKeys, useRevokeKey } from './queries'
import { type Once, ShownOnce } from './ShownOnce'
import { Sure } from './Sure'

/** What lets programs and screens in. */
export function Keys() {
  const { t } = useTranslation()
  const keys = useKeys()
  const revoke = useRevokeKey()
  const [making, setMaking] = useState(false)
  const [once, setOnce] = useState<Once>()
  const [leaving, setLeaving] = useState<Key>()
  const [all, setAll] = useState(false)
  if (keys.error && !keys.data) return <Trouble error={keys.error} retry={() => void keys.refetch()} />
  if (!keys.data) return <Loading />
  const rows = keys.data.filter((key) => all || !key.revoked_at)
  return (
    <div className="k-column">
      <h1 className="k-hidden">{t('settings.keys')}</h1>
      <Panel
        title={t('settings.keys')}
        flush
        testId="keys"
        aside={
          <>
            {keys.data.some((key) => key.revoked_at) && (
              <Checkbox
                size="xs"
                label={t('apikeys.show_revoked')}
                checked={all}
                onChange={(event) => setAll(event.currentTarget.checked)}
              />
            )}
            <Button leftSection={<IconPlus size={14} />} onClick={() => setMaking(true)} data-testid="key-new">
              {t('apikeys.new')}
            </Button>
          </>
        }
      >
        {rows.length === 0 ? (
          <Empty title={t('apikeys.none')}>{t('apikeys.none_hint')}</Empty>
        ) : (
          <table className="k-table">
            <thead>
              <tr>
                <th>{t('apikeys.name')}</th>
                <th>{t('apikeys.rights')}</th>
                <th className="k-right">{t('apikeys.limit')}</th>
                <th>{t('apikeys.until')}</th>
                <th>{t('apikeys.used')}</th>
                <th>{t('apikeys.made')}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {rows.map((key) => (
                <Row key={key.id} of={key} onRevoke={() => setLeaving(key)} />
              ))}
            </tbody>
          </table>
        )}
      </Panel>
      <p className="k-hint" style={{ margin: 0 }}>
        {t('apikeys.hint')}
      </p>
      {making && (
        <KeyForm
          taken={keys.data.map((key) => key.id)}
          onMade={(made) => {
            setMaking(false)
            setOnce(made)
          }}
          onClose={() => setMaking(false)}
        />
      )}
      {leaving && (
        <Sure
          title={t('apikeys.revoke_title', { name: leaving.name })}
          hint={t('apikeys.revoke_hint')}
          yes={t('apikeys.revoke')}
          busy={revoke.isPending}
          error={revoke.error}
          onYes={() => revoke.mutate(leaving.id, { onSuccess: () => setLeaving(undefined) })}
          onClose={() => setLeaving(undefined)}
        />
      )}
      <ShownOnce once={once} onClose={() => setOnce(undefined)} />
    </div>
  )
}

function Row({ of: key, onRevoke }: { of: Key; onRevoke: () => void }) {
  const { t } = useTranslation()
  const now = useNow()
  const over = key.expires_at !== null && seconds(key.expires_at) <= now
  return (
    <tr data-testid="key-row">
      <td>
        <strong>{key.name}</strong> <span className="k-quiet">{key.id}</span>
      </td>
      <td title={key.permissions.map((one) => t(`permission.${one}`)).join('\n')}>
        {key.kind === 'screen'
          ? t('apikeys.kind_of.screen')
          : t('apikeys.rights_count', { count: key.permissions.length })}
      </td>
      <td className="k-right k-num">{key.per_minute}</td>
      <td>
        {key.revoked_at ? (
          <Chip tone="bad">{t('apikeys.revoked')}</Chip>
        ) : over ? (
          <Chip tone="care">{t('apikeys.over')}</Chip>
        ) : key.expires_at ? (
          <>
            {t('apikeys.till')} <Moment at={seconds(key.expires_at)} />
          </>
        ) : (
          t('apikeys.forever')
        )}
      </td>
      <td>
        {key.last_used_at ? (
          <Moment at={seconds(key.last_used_at)} />
        ) : (
          <span className="k-quiet">{t('apikeys.never')}</span>
        )}
      </td>
      <td>{key.made_by_name}</td>
      <td className="k-right">
        {!key.revoked_at && (
          <Button variant="default" size="compact-xs" onClick={onRevoke} data-testid="key-revoke">
            {t('apikeys.revoke')}
          </Button>
        )}
      </td>
    </tr>
  )
}
