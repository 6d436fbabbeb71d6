import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useHolding, usePhone } from '@/softphone/store'
import { Note, Since, Trouble } from '@/ui/pieces'
import { useReconnect } from './actions'
import { type MyCall, useMyRow } from './mine'
/** Where the sound is, when it is not simply here. */
export function SoundPlace({ call }: { call: MyCall }) {
  const { t } = useTranslation()
  const holding = useHolding()
  const mine = useMyRow()
  const { silentSince, interrupted, registration } = usePhone()
  const reconnect = useReconnect()
  if (call.local)
    return silentSince > 0 ? (
      <Note tone="bad" testId="no-sound">
        {t('trouble.no_sound')} <Since at={silentSince} />. {t('trouble.no_sound_hint')}
      </Note>
    ) : null
  if (interrupted) return null
  if (mine?.device !== 'web') return <Note tone="work">{t('trouble.desk_talk')}</Note>
  if (holding === 'elsewhere')
    return (
      <Note tone="work" testId="talk-other-tab">
        {t('trouble.talk_other_tab')}
      </Note>
    )
  return (
    <Note tone="bad" testId="sound-not-here">
      {t('trouble.sound_not_here')}
      <Button
        size="compact-xs"
        variant="default"
        mt={6}
        display="block"
        disabled={registration !== 'registered'}
        loading={reconnect.isPending}
        onClick={() => reconnect.mutate(call.contact)}
        data-testid="sound-here"
      >
        {t('trouble.sound_here')}
      </Button>
      {reconnect.error && <Trouble error={reconnect.error} />}
    </Note>
  )
}
