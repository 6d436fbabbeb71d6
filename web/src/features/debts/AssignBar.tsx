import { Button, Select } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/problem'
import { useCollection } from '@/realtime/live'
import { useDirectory } from '@/ui/names'
import { useAssign } from './queries'

/** The supervisor gives the selected debts to an agent or to a queue. */
export function AssignBar({ selected, onDone }: { selected: ReadonlySet<string>; onDone: () => void }) {
  const { t } = useTranslation()
  const [owner, setOwner] = useState<string | null>(null)
  const assign = useAssign()
  const agents = useCollection('agents')
  const { queues } = useDirectory()
  const give = () => {
    if (!owner) return
    assign.mutate(
      { debts: [...selected], owner },
      {
        onError: (error) => notifications.show({ message: messageOf(error), color: 'red', autoClose: 8000 }),
        onSuccess: ({ assigned, closed }) => {
          const late = closed.length > 0 ? ` ${t('book.already_closed', { count: closed.length })}` : ''
          notifications.show({ message: t('book.assigned', { count: assigned }) + late, autoClose: 4000 })
          onDone()
        },
      },
    )
  }
  return (
    <div className="k-debts-bar" role="group" aria-label={t('book.assign')} data-testid="assign-bar">
      <b>{t('book.selected', { count: selected.size })}</b>
      <Select
        size="xs"
        searchable
        placeholder={t('book.assign_to')}
        aria-label={t('book.assign_to')}
        value={owner}
        onChange={setOwner}
        data={[
          {
            group: t('book.agents'),
            items: Object.values(agents)
              .map((agent) => ({ value: `agent:${agent.id}`, label: agent.name }))
              .sort((a, b) => a.label.localeCompare(b.label)),
          },
          {
            group: t('book.queues'),
            items: Object.entries(queues).map(([id, name]) => ({ value: `queue:${id}`, label: name })),
          },
        ]}
        data-testid="assign-owner"
      />
      <Button size="xs" onClick={give} disabled={!owner} loading={assign.isPending} data-testid="assign-submit">
        {t('book.assign')}
      </Button>
      <Button size="xs" variant="default" onClick={onDone}>
        {t('cancel')}
      </Button>
    </div>
  )
}
