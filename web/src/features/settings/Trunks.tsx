import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import { seconds } from '@/api/types'
import { Chip, Moment, Note, Trouble } from '@/ui/pieces'
import type { Tone } from '@/ui/tone'
import { EntityPage } from './EntityPage'
import type { FieldsProps, Kind } from './entity'
import { TextField } from './fields'
import { LinesField } from './manyFields'
import { lists, type TrunkRow } from './kinds'
import { shortName } from './names'

interface Form {
  name: string
  addresses: string[]
  contact_uri: string
  site: string
}

const TONES: Record<string, Tone> = {
  online: 'good',
  offline: 'bad',
  unasked: 'away',
  unpublished: 'care',
  away: 'bad',
}

const kind: Kind<TrunkRow, Form> = {
  area: 'trunks',
  list: lists.trunks,
  idOf: (row) => row.id,
  nameOf: (row) => row.name || (row.browser ? i18next.t('settings.browser_line') : row.id),
  hintOf: (row) => <State id={row.id} />,
  blank: () => ({ name: '', addresses: [''], contact_uri: '', site: '' }),
  formOf: ({ name, addresses, contact_uri, site }) => ({ name, addresses, contact_uri, site }),
  idFrom: (form, taken) => shortName(form.name, taken),
  save: (id, { name, addresses, contact_uri, site }, revision) =>
    must(
      client.PUT('/api/trunks/{id}', {
        params: { path: { id } },
        body: {
          name: name.trim(),
          addresses: addresses.map((one) => one.trim()).filter(Boolean),
          contact_uri: contact_uri.trim(),
          site: site.trim(),
          revision,
        },
      }),
    ),
  remove: (id) => must(client.DELETE('/api/trunks/{id}', { params: { path: { id } } })),
  Fields,
  Beside: Check,
}

function useChecks() {
  return useQuery({
    queryKey: ['settings', 'trunk-checks'],
    queryFn: () => must(client.GET('/api/trunks/check')),
    refetchInterval: 10_000,
  })
}

export function Trunks() {
  const { t } = useTranslation()
  return (
    <EntityPage
      kind={kind}
      title={t('settings.trunks')}
      hint={t('settings.trunks_hint')}
      newWords={t('settings.trunk_new')}
    />
  )
}

function State({ id }: { id: string }) {
  const { t } = useTranslation()
  const found = useChecks().data?.find((one) => one.id === id)
  if (!found) return null
  return <span className={`k-tone-${TONES[found.state] ?? 'away'}`}>{t(`settings.trunk_state.${found.state}`)}</span>
}

/** How the line is right now, asked of the switch. */
function Check({ row }: { row: TrunkRow }) {
  const { t } = useTranslation()
  const checks = useChecks()
  const found = checks.data?.find((one) => one.id === row.id)
  return (
    <section className="k-set-form" style={{ marginTop: 16 }} data-testid="trunk-check" data-state={found?.state}>
      {checks.error && <Trouble error={checks.error} retry={() => void checks.refetch()} />}
      {found && (
        <Note tone={TONES[found.state] ?? 'away'}>
          <strong>{t(`settings.trunk_state.${found.state}`)}.</strong> {found.text}
        </Note>
      )}
      {found && (
        <div className="k-set-line">
          <span className="k-quiet">{t('settings.last_call')}</span>
          {found.last_at ? (
            <>
              <Link to="/journal" search={{ open: found.last_contact }} className="k-link">
                <Moment at={seconds(found.last_at)} />
              </Link>
              {found.last_outcome && <Chip>{t(`outcome.${found.last_outcome}`, found.last_outcome)}</Chip>}
            </>
          ) : (
            <span>{t('settings.never')}</span>
          )}
          <span className="k-grow" />
          <Button
            variant="default"
            leftSection={<IconRefresh size={14} />}
            loading={checks.isFetching}
            onClick={() => void checks.refetch()}
          >
            {t('settings.check_now')}
          </Button>
        </div>
      )}
    </section>
  )
}

function Fields({ form, change, wrong, id, isNew }: FieldsProps<Form>) {
  const { t } = useTranslation()
  return (
    <div className="k-set-fields">
      <TextField
        label={t('settings.field.name')}
        value={form.name}
        onChange={(name) => change({ name })}
        wrong={wrong('name') ?? wrong('id')}
        placeholder={isNew ? '' : id}
        testId="trunk-name"
      />
      <TextField
        label={t('settings.field.contact_uri')}
        hint={t('settings.contact_uri_hint')}
        value={form.contact_uri}
        onChange={(contact_uri) => change({ contact_uri })}
        wrong={wrong('contact_uri')}
        placeholder="sip:sip.example.ru:5060"
        testId="trunk-contact"
      />
      <TextField
        label={t('settings.field.site')}
        hint={t('settings.site_hint')}
        value={form.site}
        onChange={(site) => change({ site })}
        wrong={wrong('site')}
        placeholder="4500-4599"
        testId="trunk-site"
      />
      <LinesField
        label={t('settings.field.addresses')}
        hint={t('settings.addresses_hint')}
        value={form.addresses}
        onChange={(addresses) => change({ addresses })}
        wrong={wrong('addresses')}
        addWords={t('settings.address_add')}
        placeholder="203.0.113.10"
        testId="trunk-addresses"
      />
    </div>
  )
}
