import { Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import { messageOf } from '@/api/problem'
import { addLazyWords } from '@/i18n/lazy'
import { useDirectory } from '@/ui/names'

addLazyWords()

/** My own telephone rings; the browser's answers by itself, because I asked for it. Then the group's do. */
function usePage(onAsked: (contact: string) => void) {
  return useMutation({
    mutationFn: (queue: string) => must(client.POST('/api/agents/me/pages', { body: { queue } })),
    onSuccess: ({ contact }) => onAsked(contact),
    onError: (error) => notifications.show({ message: messageOf(error), color: 'red', autoClose: 8000 }),
  })
}

interface Props {
  icon: ReactNode
  /** by a click */
  onStart: () => void
  onAsked: (contact: string) => void
}

/** Speak to all free agents of a group. */
export default function PageMenu({ icon, onStart, onAsked }: Props) {
  const { t } = useTranslation()
  const { queues } = useDirectory()
  const page = usePage(onAsked)
  const speak = (queue: string) => {
    onStart()
    page.mutate(queue)
  }
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Button
          variant="default"
          size="compact-xs"
          leftSection={icon}
          loading={page.isPending}
          title={t('paging.hint')}
          data-testid="page-open"
        >
          {t('paging.open')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        <Menu.Label>{t('paging.choose')}</Menu.Label>
        {Object.entries(queues).map(([id, name]) => (
          <Menu.Item key={id} onClick={() => speak(id)} data-testid={`page-${id}`}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
