import { Button, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core'
import { IconDeviceFloppy } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRows } from '@/features/settings/entity'
import { lists, MODES, namesOfModes } from '@/features/settings/kinds'
import { Empty, Loading, Note, Panel, Trouble } from '@/ui/pieces'
import { type Codes as Table, useCodes, useKeepCodes } from './queries'

const ACTIONS = [
  'pick_up',
  'park',
  'camp',
  'ready',
  'break',
  'off_duty',
  'listen',
  'whisper',
  'barge',
  'dictate',
  'page',
] as const
const GUARDED: readonly string[] = ['listen', 'whisper', 'barge', 'page']
/** reasons with words in every language; others are told as they were typed */
const REASONS = ['lunch', 'rest', 'training', 'meeting', 'technical'] as const

/** What can be dialled on any telephone. */
export function Codes() {
  const codes = useCodes()
  if (codes.error && !codes.data) return <Trouble error={codes.error} retry={() => void codes.refetch()} />
  return codes.data ? <Form key={codes.data.revision} of={codes.data} /> : <Loading />
}

function Form({ of: kept }: { of: Table }) {
  const { t } = useTranslation()
  const keep = useKeepCodes()
  const [table, setTable] = useState(kept)
  const [reasons, setReasons] = useState(kept.reasons.map((one) => t(`reason.${one}`, one)).join('\n'))
  const changed = {
    ...table,
    reasons: reasons
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
      .map((line) => REASONS.find((one) => t(`reason.${one}`).toLowerCase() === line.toLowerCase()) ?? line),
  }
  const same = JSON.stringify(changed) === JSON.stringify(kept)
  return (
    <form
      className="k-codes"
      onSubmit={(event) => {
        event.preventDefault()
        keep.mutate(changed)
      }}
    >
      <h1 className="k-hidden">{t('codes.title')}</h1>
      <Panel title={t('codes.title')} flush testId="codes">
        <table className="k-table">
          <thead>
            <tr>
              <th style={{ width: 110 }}>{t('codes.code')}</th>
              <th>{t('codes.means')}</th>
              <th>{t('codes.more')}</th>
            </tr>
          </thead>
          <tbody>
            {ACTIONS.map((action) => (
              <tr key={action}>
                <td>
                  <TextInput
                    size="xs"
                    aria-label={t(`codes.action.${action}`)}
                    maxLength={6}
                    value={table.codes[action] ?? ''}
                    onChange={(event) =>
                      setTable({ ...table, codes: { ...table.codes, [action]: event.currentTarget.value.trim() } })
                    }
                  />
                </td>
                <td>{t(`codes.action.${action}`)}</td>
                <td className="k-quiet">
                  {t(`codes.after.${action}`, { code: table.codes[action] ?? '' })}
                  {GUARDED.includes(action) && ` · ${t(`codes.needs.${action as 'listen'}`)}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      {kept.added.length > 0 && (
        <Note tone="work" testId="codes-added">
          {t('codes.added', {
            codes: kept.added.map((one) => `${table.codes[one] ?? ''} ${t(`codes.action.${one}`)}`).join(', '),
          })}
        </Note>
      )}
      <ModeCodes modes={table.modes} onChange={(modes) => setTable({ ...table, modes })} />
      <Panel title={t('codes.reasons')}>
        <div className="k-set-fields">
          <Textarea
            aria-label={t('codes.reasons')}
            description={t('codes.reasons_hint')}
            autosize
            minRows={3}
            value={reasons}
            onChange={(event) => setReasons(event.currentTarget.value)}
          />
          <Groups groups={table.groups} onChange={(groups) => setTable({ ...table, groups })} />
          <NumberInput
            size="xs"
            label={t('codes.camp_minutes')}
            description={t('codes.camp_hint')}
            min={1}
            max={240}
            allowDecimal={false}
            value={table.camp_minutes}
            onChange={(minutes) => typeof minutes === 'number' && setTable({ ...table, camp_minutes: minutes })}
          />
          <NumberInput
            size="xs"
            label={t('codes.parked_seconds')}
            description={t('codes.parked_hint')}
            min={10}
            max={900}
            allowDecimal={false}
            value={table.parked_seconds}
            onChange={(seconds) => typeof seconds === 'number' && setTable({ ...table, parked_seconds: seconds })}
            data-testid="codes-parked"
          />
          <NativeSelect
            label={t('codes.language')}
            value={table.language}
            data={[
              { value: 'ru', label: 'Русский' },
              { value: 'en', label: 'English' },
            ]}
            onChange={(event) => setTable({ ...table, language: event.currentTarget.value as 'ru' | 'en' })}
          />
        </div>
      </Panel>
      {keep.error && <Trouble error={keep.error} />}
      {keep.isSuccess && same && <Note tone="good">{t('codes.saved')}</Note>}
      <div className="k-set-actions">
        <Button
          type="submit"
          leftSection={<IconDeviceFloppy size={15} />}
          disabled={same}
          loading={keep.isPending}
          data-testid="codes-save"
        >
          {t('codes.save')}
        </Button>
        <span className="k-quiet k-grow">
          {t('codes.hint')} {t('codes.off')}.
        </span>
      </div>
    </form>
  )
}

/** Queues in the order of their numbers; the last field adds one, an emptied one takes it away. */
function Groups({ groups, onChange }: { groups: string[]; onChange: (groups: string[]) => void }) {
  const { t } = useTranslation()
  const queues = useRows('queues', lists.queues).data ?? []
  return (
    <div data-testid="codes-groups">
      <div>{t('codes.groups')}</div>
      <p className="k-hint">{t('codes.groups_hint')}</p>
      {[...groups, ''].map((group, at) => (
        <NativeSelect
          key={at}
          size="xs"
          mb={4}
          aria-label={`${t('codes.groups')}: ${String(at + 1)}`}
          value={group}
          data={[
            { value: '', label: '—' },
            ...queues
              .filter((one) => one.id === group || !groups.includes(one.id))
              .map((one) => ({ value: one.id, label: `${String(at + 1)} · ${one.name}` })),
          ]}
          onChange={(event) => {
            const chosen = event.currentTarget.value
            onChange([...groups.slice(0, at), chosen, ...groups.slice(at + 1)].filter(Boolean))
          }}
        />
      ))}
    </div>
  )
}

function ModeCodes({ modes, onChange }: { modes: Table['modes']; onChange: (modes: Table['modes']) => void }) {
  const { t } = useTranslation()
  const projects = useRows('projects', lists.projects).data ?? []
  const calendars = useRows('calendars', lists.calendars).data ?? []
  const called = namesOfModes(calendars)
  const names = [...new Set(['', ...MODES, ...calendars.flatMap((one) => Object.keys(one.modes))])]
  const set = (at: number, change: Partial<Table['modes'][number]>) =>
    onChange(modes.map((one, index) => (index === at ? { ...one, ...change } : one)))
  return (
    <Panel
      title={t('codes.modes')}
      flush
      aside={
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => onChange([...modes, { code: '', mode: 'night', project: '' }])}
        >
          {t('codes.add_mode')}
        </Button>
      }
    >
      {modes.length === 0 ? (
        <Empty title={t('codes.no_modes')} />
      ) : (
        <table className="k-table">
          <thead>
            <tr>
              <th style={{ width: 110 }}>{t('codes.code')}</th>
              <th>{t('codes.mode')}</th>
              <th>{t('codes.project')}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {modes.map((one, at) => (
              <tr key={at}>
                <td>
                  <TextInput
                    size="xs"
                    aria-label={t('codes.code')}
                    maxLength={6}
                    value={one.code}
                    onChange={(event) => set(at, { code: event.currentTarget.value.trim() })}
                  />
                </td>
                <td>
                  <NativeSelect
                    size="xs"
                    aria-label={t('codes.mode')}
                    value={one.mode}
                    data={names.map((name) => ({
                      value: name,
                      label: name ? (called[name] ?? t(`settings.mode.${name}`, name)) : t('codes.by_calendar'),
                    }))}
                    onChange={(event) => set(at, { mode: event.currentTarget.value })}
                  />
                </td>
                <td>
                  <NativeSelect
                    size="xs"
                    aria-label={t('codes.project')}
                    value={one.project}
                    data={[
                      { value: '', label: t('codes.all_projects') },
                      ...projects.map((project) => ({ value: project.id, label: project.name })),
                    ]}
                    onChange={(event) => set(at, { project: event.currentTarget.value })}
                  />
                </td>
                <td className="k-right">
                  <Button
                    variant="default"
                    size="compact-xs"
                    onClick={() => onChange(modes.filter((_, index) => index !== at))}
                  >
                    {t('codes.remove')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="k-hint" style={{ margin: '6px 10px' }}>
        {t('codes.modes_hint')}
      </p>
    </Panel>
  )
}
