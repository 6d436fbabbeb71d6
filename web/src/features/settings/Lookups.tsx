import { Checkbox, PasswordInput, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import { EntityPage } from './EntityPage'
import type { FieldsProps, Kind } from './entity'
import { SelectField, TextField } from './fields'
import { lists, nameOfSource, type SourceRow } from './kinds'
import { shortName } from './names'

type Form = Record<string, string>

const KINDS = ['http_source', 'sql_source', 'decision_table'] as const
const FIELDS: Record<string, readonly string[]> = {
  http_source: ['url', 'method'],
  sql_source: ['query'],
  decision_table: ['document'],
}

const kind: Kind<SourceRow, Form> = {
  area: 'sources',
  list: lists.sources,
  idOf: (row) => row.id,
  nameOf: (row) => nameOfSource(row).name || row.id,
  hintOf: ({ document }) => <Hint of={document} />,
  blank: () => ({ name: '', kind: 'http_source', method: 'GET' }),
  // what a document leaves out means what the core takes for it
  formOf: (row) => ({
    name: '',
    method: 'GET',
    has_key: row.has_key ? 'yes' : '',
    ...Object.fromEntries(Object.entries(row.document).map(([name, value]) => [name, String(value)])),
  }),
  idFrom: (form, taken) => shortName(form.name ?? '', taken),
  save: (id, form, revision) => {
    const names = ['kind', 'name', ...(FIELDS[form.kind ?? ''] ?? [])]
    const document = Object.fromEntries(names.map((name) => [name, form[name] ?? '']))
    // nothing typed keeps the key that is there
    const key = form.no_key ? '' : form.key || undefined
    return must(client.PUT('/api/sources/{id}', { params: { path: { id } }, body: { document, key, revision } }))
  },
  remove: (id) => must(client.DELETE('/api/sources/{id}', { params: { path: { id } } })),
  Fields,
}

function Hint({ of }: { of: SourceRow['document'] }) {
  const { t } = useTranslation()
  const where = typeof of.url === 'string' && of.url
  return <>{[t(`settings.lookup.${String(of.kind)}`), where].filter(Boolean).join(' · ')}</>
}

export function Lookups() {
  const { t } = useTranslation()
  return (
    <EntityPage
      kind={kind}
      title={t('settings.area.lookups')}
      hint={t('settings.lookups_hint')}
      newWords={t('settings.lookup_new')}
    />
  )
}

function Fields({ form, change, wrong, id, isNew }: FieldsProps<Form>) {
  const { t } = useTranslation()
  const area = (name: string, rows: number) => (
    <Textarea
      className="k-set-wide"
      label={t(`settings.field.${name}`)}
      description={t(`settings.lookup_hint.${name}`)}
      autosize
      minRows={rows}
      value={form[name] ?? ''}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
      styles={{ input: { fontFamily: 'monospace' } }}
    />
  )
  const text = (name: string) => (
    <TextField
      label={t(`settings.field.${name}`)}
      hint={t(`settings.lookup_hint.${name}`)}
      value={form[name] ?? ''}
      onChange={(value) => change({ [name]: value })}
      wrong={wrong(name)}
    />
  )
  return (
    <div className="k-set-fields">
      <TextField
        label={t('settings.field.name')}
        value={form.name ?? ''}
        onChange={(name) => change({ name })}
        wrong={wrong('name') ?? wrong('id')}
        placeholder={isNew ? '' : id}
        testId="source-name"
      />
      <SelectField
        label={t('settings.lookup_kind')}
        value={form.kind ?? ''}
        onChange={(chosen) => change({ kind: chosen })}
        options={Object.fromEntries(KINDS.map((one) => [one, t(`settings.lookup.${one}`)]))}
      />
      {form.kind === 'http_source' && (
        <>
          {text('url')}
          <SelectField
            label={t('settings.field.method')}
            value={form.method || 'GET'}
            onChange={(method) => change({ method })}
            options={{ GET: 'GET', POST: 'POST' }}
          />
          <KeyField form={form} change={change} of="key" />
        </>
      )}
      {form.kind === 'sql_source' && (
        <>
          <KeyField form={form} change={change} of="address" />
          {area('query', 4)}
        </>
      )}
      {form.kind === 'decision_table' && area('document', 12)}
    </div>
  )
}

/** The key of a service or the address of a database: typed, never shown again. */
function KeyField({ form, change, of }: Pick<FieldsProps<Form>, 'form' | 'change'> & { of: 'key' | 'address' }) {
  const { t } = useTranslation()
  const there = Boolean(form.has_key)
  return (
    <div className="k-set-wide">
      <PasswordInput
        label={t(`settings.lookup_key.${of}`)}
        description={t(`settings.lookup_key.${of}_hint`)}
        placeholder={there && !form.no_key ? t('settings.lookup_key.there') : ''}
        disabled={Boolean(form.no_key)}
        value={form.key ?? ''}
        onChange={(event) => change({ key: event.currentTarget.value })}
        autoComplete="off"
        data-testid="source-key"
      />
      {there && (
        <Checkbox
          mt={6}
          label={t('settings.lookup_key.remove')}
          checked={Boolean(form.no_key)}
          onChange={(event) => change({ no_key: event.currentTarget.checked ? 'yes' : '', key: '' })}
          data-testid="source-key-remove"
        />
      )}
    </div>
  )
}
