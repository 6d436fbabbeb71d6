import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import type { components } from '@/api/generated/schema'
import type { FieldsProps, Kind } from '@/features/settings/entity'
import { NumberField, SelectField } from '@/features/settings/fields'
import { useNames } from '@/features/settings/kinds'
import { RowsField } from '@/features/settings/manyFields'
import { Exceptions } from './Exceptions'
import { CapsTable, DirectionsTable } from './OutgoingTables'
import { OnePage } from './OnePage'
import { type Caps, ClockField, CodesField, type Direction, NO_CAPS, Ticks } from './parts'
import { Stops, Used } from './Used'

type Schemas = components['schemas']
type Row = Schemas['OutgoingRow']
export type Exception = Schemas['ExceptionGiven']

export interface Form {
  allowed: Direction[]
  automatic: Direction[]
  night: Direction[]
  prices: Partial<Record<Direction, number>>
  night_from: number
  night_to: number
  local_codes: string[]
  emergency: string[]
  each_agent: Caps
  each_project: Caps
  company: Caps
  lines: { trunk: string; directions: Direction[]; capacity: number; kept: number }[]
  exceptions: Exception[]
}

const formOf = (row: Row): Form => ({
  allowed: row.allowed ?? [],
  automatic: row.automatic ?? [],
  night: row.night ?? [],
  prices: row.prices ?? {},
  night_from: row.night_from,
  night_to: row.night_to,
  local_codes: row.local_codes ?? [],
  emergency: row.emergency ?? [],
  each_agent: row.each_agent ?? NO_CAPS,
  each_project: row.each_project ?? NO_CAPS,
  company: row.company ?? NO_CAPS,
  lines: (row.lines ?? []).map((line) => ({ ...line, directions: line.directions ?? [] })),
  exceptions: row.exceptions ?? [],
})

const kind: Kind<Row, Form> = {
  area: 'outgoing',
  alone: true,
  list: async () => [await must(client.GET('/api/outgoing/rules'))],
  idOf: () => 'rules',
  nameOf: () => '',
  blank: () => formOf({ night_from: 0, night_to: 0, revision: '' }),
  formOf,
  save: (_, form, revision) =>
    must(
      client.PUT('/api/outgoing/rules', {
        body: {
          ...form,
          prices: Object.fromEntries(Object.entries(form.prices).filter(([, price]) => price > 0)),
          revision,
        },
      }),
    ),
  Fields,
}

export function Outgoing() {
  const { t } = useTranslation()
  return (
    <OnePage kind={kind} title={t('rules.outgoing_title')}>
      <Used />
      <Stops />
    </OnePage>
  )
}

function Fields({ form, change, wrong }: FieldsProps<Form>) {
  const { t } = useTranslation()
  const names = useNames()
  return (
    <>
      <DirectionsTable form={form} change={change} />
      <div className="k-set-fields">
        <ClockField
          label={t('rules.night_from')}
          value={form.night_from}
          onChange={(night_from) => change({ night_from })}
        />
        <ClockField label={t('rules.night_to')} value={form.night_to} onChange={(night_to) => change({ night_to })} />
      </div>
      <p className="k-hint k-set-hint">{t('rules.night_hint')}</p>
      <div className="k-set-fields">
        <CodesField
          label={t('rules.local_codes')}
          hint={t('rules.local_codes_hint')}
          value={form.local_codes}
          onChange={(local_codes) => change({ local_codes })}
          wrong={wrong('local_codes')}
        />
        <CodesField
          label={t('rules.emergency')}
          hint={t('rules.emergency_hint')}
          value={form.emergency}
          onChange={(emergency) => change({ emergency })}
          wrong={wrong('emergency')}
        />
      </div>
      <CapsTable form={form} change={change} />
      <RowsField
        label={t('rules.lines')}
        hint={t('rules.lines_hint')}
        value={form.lines}
        onChange={(lines) => change({ lines })}
        blank={{ trunk: '', directions: [], capacity: 0, kept: 0 }}
        addWords={t('rules.line_new')}
        wrong={wrong('lines')}
        ordered
        testId="outgoing-lines"
      >
        {(line, set) => (
          <>
            <SelectField
              label={t('settings.field.trunk')}
              value={line.trunk}
              onChange={(trunk) => set({ trunk })}
              options={names.trunks}
            />
            <NumberField
              label={t('rules.capacity')}
              hint={t('rules.capacity_hint')}
              value={line.capacity}
              onChange={(capacity) => set({ capacity })}
              least={0}
              most={10_000}
            />
            <NumberField
              label={t('rules.kept')}
              value={line.kept}
              onChange={(kept) => set({ kept })}
              least={0}
              most={line.capacity}
            />
            <Ticks
              label={t('rules.line_directions')}
              value={line.directions}
              onChange={(directions) => set({ directions })}
            />
          </>
        )}
      </RowsField>
      <Exceptions
        value={form.exceptions}
        onChange={(exceptions) => change({ exceptions })}
        wrong={wrong('exceptions')}
      />
    </>
  )
}
