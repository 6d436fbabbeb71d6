import { Button, Group, NumberInput, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLocale } from '@/i18n'
import { Chip, Loading, Note, Panel, Trouble } from '@/ui/pieces'
import { type Audit, type Looked, type Mapping, useCount, useLook, useProfiles } from './queries'

const FIELDS = ['arrival', 'answered', 'wait', 'talk', 'agent', 'caller', 'outcome'] as const
const MEANINGS = ['answered', 'abandoned', 'missed', 'announcement_only', 'outbound', 'ignore'] as const
type Field = (typeof FIELDS)[number]
type Columns = NonNullable<Mapping['columns']>
type Meanings = NonNullable<Mapping['meanings']>

/** What the files are, which column means what, and how to count. */
export function Prepare({ audit, onBegun }: { audit: Audit; onBegun: () => void }) {
  const looked = useLook(audit.id)
  if (looked.error) return <Trouble error={looked.error} retry={() => void looked.refetch()} />
  if (!looked.data) return <Loading />
  return <Form audit={audit} files={looked.data} onBegun={onBegun} />
}

function Form({ audit, files, onBegun }: { audit: Audit; files: Looked[]; onBegun: () => void }) {
  const { t } = useTranslation()
  const table = files.find((file) => file.format === 'csv')
  const profiles = useProfiles()
  const count = useCount(audit.id)
  const [columns, setColumns] = useState<Columns>(table?.mapping ?? {})
  const [meanings, setMeanings] = useState<Meanings>({})
  const [profile, setProfile] = useState('')
  const [zone, setZone] = useState(Intl.DateTimeFormat().resolvedOptions().timeZone || 'Europe/Moscow')
  const [target, setTarget] = useState<number | string>(20)
  const [price, setPrice] = useState<number | string>('')
  const outcome = columns.outcome?.[0]
  const values = (outcome && table?.values[outcome]) || {}
  const begin = () =>
    count.mutate(
      {
        timezone: zone,
        target_s: Number(target) || 20,
        per_lost: price === '' ? null : Number(price),
        mapping: table ? { columns, meanings } : null,
        profile: table && profile.trim() ? profile.trim() : null,
      },
      { onSuccess: onBegun },
    )
  return (
    <div className="k-form">
      {files.map((file) => (
        <Preview key={file.name} file={file} />
      ))}
      {table && (
        <Panel title={t('insights.columns')} testId="mapping">
          <Group align="end" mb={10}>
            {profiles.data && profiles.data.length > 0 && (
              <Select
                label={t('insights.profile')}
                data={profiles.data.map((one) => one.name)}
                onChange={(name) => {
                  const kept = profiles.data.find((one) => one.name === name)
                  if (!kept) return
                  setColumns(kept.mapping.columns ?? {})
                  setMeanings(kept.mapping.meanings ?? {})
                }}
              />
            )}
            {FIELDS.map((field) => (
              <Select
                key={field}
                w={150}
                label={t(`insights.field.${field}`)}
                placeholder="—"
                clearable
                data={[...new Set([...table.columns, ...(columns[field] ?? []).slice(0, 1)])]}
                value={columns[field]?.[0] ?? null}
                onChange={(value) => setColumns((now) => changed(now, field, value))}
                description={columns[field]?.[1] ? `+ ${columns[field][1]}` : undefined}
              />
            ))}
          </Group>
          {Object.keys(values).length > 0 && (
            <Group align="end">
              {Object.entries(values).map(([value, guessed]) => (
                <Select
                  key={value}
                  w={190}
                  label={value}
                  placeholder={t('insights.not_said')}
                  data={MEANINGS.map((one) => ({ value: one, label: t(`insights.meaning.${one}`) }))}
                  value={meanings[value.toLowerCase()] ?? (guessed || null)}
                  onChange={(meaning) =>
                    meaning && setMeanings((now) => ({ ...now, [value.toLowerCase()]: meaning as Meanings[string] }))
                  }
                />
              ))}
            </Group>
          )}
        </Panel>
      )}
      <Group align="end">
        <TextInput label={t('insights.zone')} value={zone} onChange={(event) => setZone(event.currentTarget.value)} />
        <NumberInput
          size="xs"
          label={t('insights.target')}
          value={target}
          onChange={setTarget}
          min={1}
          max={3600}
          w={150}
        />
        <NumberInput size="xs" label={t('insights.per_lost')} value={price} onChange={setPrice} min={0} w={190} />
        {table && (
          <TextInput
            label={t('insights.keep_as')}
            value={profile}
            onChange={(event) => setProfile(event.currentTarget.value)}
            maxLength={100}
          />
        )}
        <div className="k-grow" />
        <Button
          onClick={begin}
          loading={count.isPending}
          disabled={table !== undefined && !columns.arrival}
          data-testid="audit-count"
        >
          {t('insights.count')}
        </Button>
      </Group>
      {count.error && <Trouble error={count.error} />}
    </div>
  )
}

function changed(columns: Columns, field: Field, value: string | null): Columns {
  const next = { ...columns }
  if (value) next[field] = [value]
  else delete next[field]
  return next
}

function Preview({ file }: { file: Looked }) {
  const { t } = useTranslation()
  return (
    <Panel
      title={file.name}
      flush
      aside={file.format && <Chip tone="good">{t(`insights.format.${file.format.replaceAll('-', '_')}`)}</Chip>}
    >
      {file.problem && <Note tone="care">{currentLocale() === 'en' ? file.problem.en : file.problem.ru}</Note>}
      <table className="k-table">
        {file.columns.length > 0 && (
          <thead>
            <tr>
              {file.columns.map((name, place) => (
                <th key={place}>{name}</th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {file.rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, place) => (
                <td key={place}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
