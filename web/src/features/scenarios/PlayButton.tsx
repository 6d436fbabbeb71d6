import { ActionIcon } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlayerPlayFilled, IconPlayerStopFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { speaker, usePlaying } from './sound'

export function PlayButton({ name, title }: { name: string; title: string }) {
  const { t } = useTranslation()
  const playing = usePlaying() === name
  const press = async () => {
    if (playing) return speaker.stop()
    if (!(await speaker.play(name))) notifications.show({ message: t('prm.cannot_play'), color: 'red' })
  }
  return (
    <ActionIcon size="sm" aria-label={playing ? t('prm.stop') : t('prm.play', { title })} onClick={() => void press()}>
      {playing ? <IconPlayerStopFilled size={13} /> : <IconPlayerPlayFilled size={13} />}
    </ActionIcon>
  )
}
