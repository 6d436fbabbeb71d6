import { Button, Group, Stack, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { seconds } from '@/api/types'
import { useMay } from '@/features/session/session'
import { Chip, Empty, Loading, Moment, Note, Panel, Trouble } from '@/ui/pieces'
import { Modal } from '@/ui/Modal'
import { saveDraft, type ScenarioRow, useScenarios } from './queries'
import './scenarios.css'

/** All scenarios, and what of them is live. */
export function Scenarios() {
  const { t } = useTranslation()
  const may = useMay()
  const list = useScenarios()
  const [making, setMaking] = useState(false)
  if (list.error) return <Trouble error={list.error} retry={() => void list.refetch()} />
  if (!list.data) return <Loading />
  const make = may('configure') && (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setMaking(true)} data-testid="scenario-new">
      {t('scn.new')}
    </Button>
  )
  return (
    <div className="k-column">
      <h1 className="k-hidden">{t('scn.title')}</h1>
      <Panel
        title={t('scn.title')}
        flush
        className="k-grow"
        aside={
          <>
            <Link to="/settings/prompts" className="k-link" data-testid="to-prompts">
              {t('scn.prompts')}
            </Link>
            {make}
          </>
        }
      >
        {list.data.length === 0 ? (
          <Empty title={t('scn.empty')}>{t('scn.empty_hint')}</Empty>
        ) : (
          <Rows rows={list.data} />
        )}
      </Panel>
      {making && <NewScenario taken={list.data} onClose={() => setMaking(false)} />}
    </div>
  )
}

function Rows({ rows }: { rows: readonly ScenarioRow[] }) {
  const { t } = useTranslation()
  const changed = (row: ScenarioRow) => JSON.stringify(row.draft) !== JSON.stringify(row.published)
  return (
    <table className="k-table">
      <thead>
        <tr>
          <th>{t('scn.name')}</th>
          <th>{t('scn.state')}</th>
          <th className="k-right">{t('scn.version')}</th>
          <th className="k-right">{t('scn.nodes')}</th>
          <th>{t('scn.edited')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} data-testid="scenario-row" data-scenario={row.id}>
            <td>
              <Link to="/settings/scenarios/$id" params={{ id: row.id }}>
                {row.name}
              </Link>{' '}
              {row.is_default && <Chip title={t('scn.default_hint')}>{t('scn.default')}</Chip>}
            </td>
            <td>
              {row.version === 0 ? (
                <Chip>{t('scn.never')}</Chip>
              ) : changed(row) ? (
                <Chip tone="care">{t('scn.changed')}</Chip>
              ) : (
                <Chip tone="good">{t('scn.published')}</Chip>
              )}
            </td>
            <td className="k-right k-num">{row.version || '–'}</td>
            <td className="k-right k-num">{Object.keys((row.draft as { nodes?: object }).nodes ?? {}).length}</td>
            <td className="k-quiet">
              {row.edited_by} {row.edited_at && <Moment at={seconds(row.edited_at)} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const ID = /^[a-z0-9][a-z0-9_-]{0,39}$/

function NewScenario({ taken, onClose }: { taken: readonly ScenarioRow[]; onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [id, setId] = useState('')
  const [trouble, setTrouble] = useState('')
  const used = taken.some((row) => row.id === id)
  const make = async (event: FormEvent) => {
    event.preventDefault()
    const empty = { scenario: { start: '', nodes: {} }, layout: {}, name: name.trim(), isDefault: taken.length === 0 }
    const answer = await saveDraft(id, empty, 0) // 0: never over one that is there
    if (answer.ok) void navigate({ to: '/settings/scenarios/$id', params: { id } })
    else setTrouble(answer.message)
  }
  return (
    <Modal opened onClose={onClose} title={t('scn.new')}>
      <form onSubmit={(event) => void make(event)}>
        <Stack gap="sm">
          <TextInput
            label={t('scn.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            required
            withAsterisk={false}
            maxLength={100}
            data-autofocus
            data-testid="scenario-new-name"
          />
          <TextInput
            label={t('scn.id')}
            description={t('scn.id_rule')}
            value={id}
            onChange={(event) => setId(event.currentTarget.value.toLowerCase())}
            error={used ? t('edit.name_taken') : undefined}
            required
            withAsterisk={false}
            maxLength={40}
            data-testid="scenario-new-id"
          />
          {trouble && <Note tone="bad">{trouble}</Note>}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" disabled={!ID.test(id) || used || !name.trim()} data-testid="scenario-create">
              {t('scn.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
