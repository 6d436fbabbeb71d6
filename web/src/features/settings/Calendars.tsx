import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import i18next from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import { queries } from '@/api/queries'
import { DateField } from '@/ui/DateField'
import { Note, Trouble } from '@/ui/pieces'
import { EntityPage } from './EntityPage'
import { type FieldsProps, type Kind, refreshSettings } from './entity'
import { More, SelectField, TextField } from './fields'
import { RowsField } from './manyFields'
import { type CalendarRow, lists, MODES } from './kinds'
import { Modes } from './Modes'
import { parseHours, shortName, writeHours } from './names'

/** Hours stay text while they are edited, so that nothing half-typed is lost. */
interface Form {
  name: string
  timezone: string
  week: string[]
  days: { date: string; hours: string }[]
  /** `name` is not there until somebody gives it; `key` "" = a new one */
  modes: { key: string; name?: string; week: string[] }[]
  holidays: string[]
}

const ZONES = [
  'Europe/Kaliningrad',
  'Europe/Moscow',
  'Europe/Samara',
  'Asia/Yekaterinburg',
  'Asia/Omsk',
  'Asia/Novosibirsk',
  'Asia/Krasnoyarsk',
  'Asia/Irkutsk',
  'Asia/Yakutsk',
  'Asia/Vladivostok',
  'Asia/Magadan',
  'Asia/Kamchatka',
  'UTC',
]

export function zones(): Record<string, string> {
  const all = 'supportedValuesOf' in Intl ? Intl.supportedValuesOf('timeZone') : []
  return Object.fromEntries([...ZONES, ...all.filter((zone) => !ZONES.includes(zone))].map((zone) => [zone, zone]))
}

const OFFICE = ['09:00–18:00', '09:00–18:00', '09:00–18:00', '09:00–18:00', '09:00–18:00', '', '']

const kind: Kind<CalendarRow, Form> = {
  area: 'calendars',
  list: lists.calendars,
  idOf: (row) => row.id,
  nameOf: (row) => row.name || row.id,
  hintOf: (row) => row.timezone,
  blank: () => ({ name: '', timezone: 'Europe/Moscow', week: OFFICE, days: [], modes: [], holidays: [] }),
  formOf: (row) => ({
    name: row.name,
    timezone: row.timezone,
    week: row.week.map(writeHours),
    days: Object.entries(row.days)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([date, hours]) => ({ date, hours: writeHours(hours) })),
    modes: Object.entries(row.modes).map(([key, week]) => {
      const name = row.mode_names[key]
      return { key, ...(name && { name }), week: week.map(writeHours) }
    }),
    holidays: row.holidays,
  }),
  idFrom: (form, taken) => shortName(form.name, taken),
  save: (id, form, revision) =>
    must(
      client.PUT('/api/calendars/{id}', {
        params: { path: { id } },
        body: {
          name: form.name.trim(),
          timezone: form.timezone,
          week: form.week.map(hours),
          days: Object.fromEntries(
            form.days.filter((day) => day.date || day.hours.trim()).map((day) => [day.date, hours(day.hours)]),
          ),
          ...modesOf(form.modes),
          holidays: form.holidays,
          revision,
        },
      }),
    ),
  remove: (id) => must(client.DELETE('/api/calendars/{id}', { params: { path: { id } } })),
  Fields,
  Beside: Production,
}

const usual = (mode: string) => i18next.t(`settings.mode.${mode}`, mode)

/** A new one has the key of the usual mode of this name; "" for a name of one's own. */
function keyOf(row: Form['modes'][number]): string {
  const name = (row.name ?? '').trim().toLowerCase()
  return row.key || (MODES.find((mode) => usual(mode).toLowerCase() === name) ?? '')
}

/** Under their keys; a new one of one's own has one made of the name. */
function modesOf(rows: Form['modes']) {
  const modes: Record<string, [number, number][][]> = {}
  const mode_names: Record<string, string> = {}
  for (const row of rows) {
    const name = row.name?.trim() ?? ''
    const key = keyOf(row) || shortName(name, Object.keys(modes))
    if (!key) continue
    modes[key] = row.week.map(hours)
    if (name && name !== key && name !== usual(key)) mode_names[key] = name
  }
  return { modes, mode_names }
}

/** What cannot be read goes to the server as it cannot be, so that it is refused and not forgotten. */
function hours(text: string): [number, number][] {
  return parseHours(text) ?? [[0, 0]]
}

export function Calendars() {
  const { t } = useTranslation()
  return (
    <EntityPage
      kind={kind}
      title={t('settings.area.calendars')}
      hint={t('settings.calendars_hint')}
      newWords={t('settings.calendar_new')}
      beside={<Modes />}
    />
  )
}

function Fields({ form, change, wrong, id, isNew }: FieldsProps<Form>) {
  const { t } = useTranslation()
  const closed = form.days.filter((day) => !day.hours.trim()).length
  return (
    <>
      <div className="k-set-fields">
        <TextField
          label={t('settings.field.name')}
          value={form.name}
          onChange={(name) => change({ name })}
          wrong={wrong('name') ?? wrong('id')}
          placeholder={isNew ? '' : id}
          testId="calendar-name"
        />
        <SelectField
          label={t('settings.field.timezone')}
          value={form.timezone}
          onChange={(timezone) => change({ timezone })}
          options={zones()}
          wrong={wrong('timezone')}
        />
      </div>
      <WeekField
        label={t('settings.field.week')}
        value={form.week}
        onChange={(week) => change({ week })}
        wrong={wrong('week')}
      />
      <RowsField
        label={t('settings.field.modes')}
        hint={t('settings.modes_hint')}
        value={form.modes}
        onChange={(modes) => change({ modes })}
        blank={{
          key: '',
          ...(!form.modes.some((mode) => keyOf(mode) === 'lunch') && { name: usual('lunch') }),
          week: form.week.map((day) => (day ? '13:00–14:00' : '')),
        }}
        addWords={t('settings.mode_add')}
        wrong={wrong('modes')}
      >
        {(row, set) => (
          <div className="k-set-wide k-set-group">
            <TextField
              label={t('settings.mode_name')}
              value={row.name ?? (row.key && usual(row.key))}
              onChange={(name) => set({ name })}
              testId="mode-name"
            />
            <WeekField label={t('settings.mode_hours')} value={row.week} onChange={(week) => set({ week })} />
          </div>
        )}
      </RowsField>
      <More title={t('settings.field.days')} hint={t('settings.days_count', { count: form.days.length, closed })}>
        <RowsField
          label={t('settings.field.days')}
          hint={t('settings.days_hint')}
          value={form.days}
          onChange={(days) => change({ days })}
          blank={{ date: '', hours: '' }}
          addWords={t('settings.day_add')}
          wrong={wrong('days')}
        >
          {(row, set) => (
            <>
              <DateField label={t('settings.date')} value={row.date} onChange={(date) => set({ date })} />
              <HoursField label={t('settings.hours')} value={row.hours} onChange={(text) => set({ hours: text })} />
            </>
          )}
        </RowsField>
      </More>
    </>
  )
}

export function HoursField({
  label,
  hidden,
  value,
  onChange,
}: {
  label: string
  hidden?: boolean
  value: string
  onChange: (value: string) => void
}) {
  const { t } = useTranslation()
  return (
    <TextInput
      label={hidden ? undefined : label}
      aria-label={label}
      value={value}
      placeholder={t('settings.closed')}
      error={parseHours(value) ? undefined : t('settings.hours_wrong')}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

function WeekField({
  label,
  value,
  onChange,
  wrong,
}: {
  label: string
  value: string[]
  onChange: (value: string[]) => void
  wrong?: string | undefined
}) {
  const { t } = useTranslation()
  return (
    <fieldset className="k-set-group">
      <legend className="k-label">{label}</legend>
      <p className="k-hint k-set-hint">{t('settings.hours_rule')}</p>
      <div className="k-set-week">
        {value.map((text, day) => (
          <WeekDay
            key={day}
            name={t(`settings.weekday.${day}`)}
            label={`${label}: ${t(`settings.weekday.${day}`)}`}
            value={text}
            onChange={(next) => onChange(value.map((one, at) => (at === day ? next : one)))}
          />
        ))}
      </div>
      {wrong && <p className="k-tone-bad k-set-hint">{wrong}</p>}
    </fieldset>
  )
}

function WeekDay({
  name,
  label,
  value,
  onChange,
}: {
  name: string
  label: string
  value: string
  onChange: (value: string) => void
}) {
  return (
    <>
      <span className="k-quiet">{name}</span>
      <HoursField hidden label={label} value={value} onChange={onChange} />
    </>
  )
}

/** Russia's days off, working weekends and shortened days of a year, put into the calendar. */
function Production({ row }: { row: CalendarRow }) {
  const { t } = useTranslation()
  const [year, setYear] = useState(new Date().getFullYear())
  const take = useMutation({
    mutationFn: () =>
      must(client.POST('/api/calendars/{id}/production-calendar/{year}', { params: { path: { id: row.id, year } } })),
    onSuccess: (saved) => {
      queries.setQueryData<CalendarRow[]>(['settings', 'calendars'], (rows = []) =>
        rows.map((one) => (one.id === saved.id ? saved : one)),
      )
      refreshSettings()
    },
  })
  const years = Array.from({ length: 4 }, (_, n) => String(new Date().getFullYear() - 1 + n))
  return (
    <section className="k-set-group" style={{ marginTop: 18 }} aria-label={t('settings.production')}>
      <h3 className="k-label">{t('settings.production')}</h3>
      <p className="k-hint k-set-hint">{t('settings.production_hint')}</p>
      <div className="k-set-line">
        <SelectField
          label={t('settings.year')}
          value={String(year)}
          onChange={(chosen) => setYear(Number(chosen))}
          options={Object.fromEntries(years.map((one) => [one, one]))}
        />
        <Button variant="default" mt={20} onClick={() => take.mutate()} loading={take.isPending}>
          {t('settings.production_take')}
        </Button>
      </div>
      {take.isSuccess && <Note tone="good">{t('settings.production_taken', { year })}</Note>}
      {take.error && <Trouble error={take.error} />}
    </section>
  )
}
