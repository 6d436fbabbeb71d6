import { Menu } from '@mantine/core'
import { IconEar, IconPhoneIncoming, IconSpeakerphone, IconUsers } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CallRow } from '@/realtime/rows'
import { personNumber, phoneNumber } from '@/ui/format'
import { useDirectory } from '@/ui/names'
import { type MonitorMode, useMonitor, useMove } from './actions'
import { RowMenu } from './RowMenu'
import { useMay } from '@/features/session/session'

const WAYS: [mode: MonitorMode, Icon: typeof IconEar][] = [
  ['listen', IconEar],
  ['whisper', IconSpeakerphone],
  ['barge', IconUsers],
  ['take_over', IconPhoneIncoming],
]

/** What a supervisor can do with a call, from its row; nothing where nothing can be done. */
export function CallMenu({ call }: { call: CallRow }) {
  const { t } = useTranslation()
  const listens = useMay()('monitor_calls') && call.phase === 'talking'
  const steers =
    useMay()('steer_floor') && (call.phase === 'waiting' || (call.phase === 'ringing' && call.queue !== ''))
  const monitor = useMonitor()
  const move = useMove()
  const { queues } = useDirectory()
  if (!listens && !steers) return null
  const who = phoneNumber(personNumber(call)) || t('withheld')
  return (
    <RowMenu label={t('floor.call_actions', { who })} testId="call-actions" width={230}>
      {listens &&
        WAYS.map(([mode, Icon]) => (
          <Menu.Item
            key={mode}
            leftSection={<Icon size={15} />}
            onClick={() => monitor.mutate({ contact: call.id, mode })}
            data-testid={`monitor-${mode}`}
          >
            {t(`floor.do.${mode}`)}
          </Menu.Item>
        ))}
      {steers && (
        <>
          <Menu.Item onClick={() => move.mutate({ contact: call.id, front: true })} data-testid="move-front">
            {t('floor.to_front')}
          </Menu.Item>
          <Menu.Label>{t('floor.to_queue')}</Menu.Label>
          {Object.entries(queues)
            .filter(([id]) => id !== call.queue)
            .map(([id, name]) => (
              <Menu.Item key={id} onClick={() => move.mutate({ contact: call.id, queue: id })}>
                {name}
              </Menu.Item>
            ))}
        </>
      )}
    </RowMenu>
  )
}
