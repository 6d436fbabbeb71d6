import { Button } from '@mantine/core'
import { IconPlayerRecord, IconPlayerRecordFilled } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import type { CallRow } from '@/realtime/rows'
import { useKeys } from '@/ui/keys'
import { Note, Trouble } from '@/ui/pieces'

/** Nothing is recorded while a card's number is said; the server goes on by itself when that is forgotten. */
export function RecordingPause({ call }: { call: CallRow }) {
  const { t } = useTranslation()
  const paused = call.recording_paused
  const pause = useMutation({
    mutationFn: (wish: boolean) =>
      must(
        client.POST('/api/agents/me/calls/{contact}/recording-pause', {
          params: { path: { contact: call.id } },
          body: { paused: wish, reason: 'agent' },
        }),
      ),
  })
  const toggle = call.recorded ? () => pause.mutate(!paused) : undefined
  useKeys({ KeyZ: toggle, 'Alt+KeyZ': toggle })
  if (!call.recorded) return null
  return (
    <>
      {paused && <Note tone="care">{t('recording.paused')}</Note>}
      <Button
        variant={paused ? 'filled' : 'default'}
        size="xs"
        fullWidth
        loading={pause.isPending}
        leftSection={paused ? <IconPlayerRecordFilled size={14} /> : <IconPlayerRecord size={14} />}
        onClick={toggle}
        aria-pressed={paused}
        title={t('recording.pause_hint')}
        data-testid="recording-pause"
      >
        {t(paused ? 'recording.resume' : 'recording.pause')}
      </Button>
      {pause.error && <Trouble error={pause.error} />}
    </>
  )
}
