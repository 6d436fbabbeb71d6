import { Button } from '@mantine/core'
import { IconDeviceMobile } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import { EntityPage } from './EntityPage'
import type { FieldsProps, Kind } from './entity'
import { CheckField, NumberField, SelectField, TextField } from './fields'
import { type DoorRow, lists, useNames } from './kinds'
import { PickField } from './manyFields'
import { shortName } from './names'
import { PhoneSetUp } from './PhoneSetUp'

interface Form {
  name: string
  extension: string
  agents: string[]
  queue: string
  in_turn: boolean
  ring_seconds: number
  each_seconds: number
  opens: string
  camera: string
}

const BLANK: Form = {
  name: '',
  extension: '',
  agents: [],
  queue: '',
  in_turn: false,
  ring_seconds: 40,
  each_seconds: 15,
  opens: '',
  camera: '',
}

const kind: Kind<DoorRow, Form> = {
  area: 'doors',
  list: lists.doors,
  idOf: (row) => row.id,
  nameOf: (row) => row.name,
  hintOf: (row) => row.extension,
  blank: () => BLANK,
  formOf: (row) => ({
    name: row.name,
    extension: row.extension,
    agents: row.agents ?? [],
    queue: row.queue,
    in_turn: row.in_turn,
    ring_seconds: row.ring_seconds,
    each_seconds: row.each_seconds,
    opens: row.opens,
    camera: row.camera,
  }),
  save: (id, form, revision) =>
    must(client.PUT('/api/doors/{id}', { params: { path: { id } }, body: { ...form, revision } })),
  remove: (id) => must(client.DELETE('/api/doors/{id}', { params: { path: { id } } })),
  idFrom: (form, taken) => shortName(form.name, taken),
  Fields,
  Beside,
}

/** Telephones at doors. */
export function Doors() {
  const { t } = useTranslation()
  return <EntityPage kind={kind} title={t('doors.title')} hint={t('doors.hint')} newWords={t('doors.new')} />
}

function Beside({ row }: { row: DoorRow }) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(false)
  const params = { path: { id: row.id } }
  const ask = (renew: boolean) =>
    must(renew ? client.POST('/api/doors/{id}/phone', { params }) : client.GET('/api/doors/{id}/phone', { params }))
  return (
    <section className="k-set-form" style={{ marginTop: 18 }}>
      <p className="k-hint">{t('doors.phone_hint')}</p>
      <div className="k-buttons">
        <Button
          variant="default"
          leftSection={<IconDeviceMobile size={15} />}
          onClick={() => setShown(true)}
          data-testid="door-phone"
        >
          {t('settings.phone_set_up')}
        </Button>
      </div>
      {shown && <PhoneSetUp name={row.name} ask={ask} onClose={() => setShown(false)} />}
    </section>
  )
}

function Fields({ form, change, wrong }: FieldsProps<Form>) {
  const { t } = useTranslation()
  const { agents, queues } = useNames()
  return (
    <div className="k-set-fields">
      <TextField
        label={t('settings.field.name')}
        hint={t('doors.name_hint')}
        value={form.name}
        onChange={(name) => change({ name })}
        wrong={wrong('name') ?? wrong('id')}
        testId="door-name"
      />
      <TextField
        label={t('doors.extension')}
        hint={t('doors.extension_hint')}
        value={form.extension}
        onChange={(extension) => change({ extension: extension.trim() })}
        wrong={wrong('extension')}
        placeholder="700"
        testId="door-extension"
      />
      <PickField
        label={t('doors.agents')}
        hint={t('doors.agents_hint')}
        value={form.agents}
        onChange={(chosen) => change({ agents: chosen })}
        options={agents}
        ordered
        wrong={wrong('agents')}
        testId="door-agents"
      />
      <SelectField
        label={t('doors.queue')}
        hint={t('doors.queue_hint')}
        value={form.queue}
        onChange={(queue) => change({ queue })}
        options={queues}
        empty={t('doors.no_queue')}
        wrong={wrong('queue')}
        testId="door-queue"
      />
      <CheckField
        label={t('doors.in_turn')}
        value={form.in_turn}
        onChange={(in_turn) => change({ in_turn })}
        testId="door-in-turn"
      />
      {form.in_turn && (
        <NumberField
          label={t('doors.each_seconds')}
          value={form.each_seconds}
          onChange={(each_seconds) => change({ each_seconds })}
          least={5}
          most={60}
          unit={t('settings.s')}
          wrong={wrong('each_seconds')}
        />
      )}
      <NumberField
        label={t('doors.ring_seconds')}
        hint={t('doors.ring_hint')}
        value={form.ring_seconds}
        onChange={(ring_seconds) => change({ ring_seconds })}
        least={5}
        most={180}
        unit={t('settings.s')}
        wrong={wrong('ring_seconds')}
      />
      <TextField
        label={t('doors.opens')}
        hint={t('doors.opens_hint')}
        value={form.opens}
        onChange={(opens) => change({ opens: opens.trim() })}
        wrong={wrong('opens')}
        placeholder="*9"
        testId="door-opens"
      />
      <TextField
        label={t('doors.camera')}
        hint={t('doors.camera_hint')}
        value={form.camera}
        onChange={(camera) => change({ camera: camera.trim() })}
        wrong={wrong('camera')}
        placeholder="https://"
        testId="door-camera-address"
      />
    </div>
  )
}
