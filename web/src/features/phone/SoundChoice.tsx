import { ActionIcon } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'

const SoundWindow = lazy(() => import('./SoundWindow').then((found) => ({ default: found.SoundWindow })))

/** Opens the choice of headset and loudspeakers. */
export function SoundButton() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <ActionIcon
        aria-label={t('audio.title')}
        title={t('audio.title')}
        onClick={() => setOpen(true)}
        data-testid="sound-choice"
      >
        <IconAdjustmentsHorizontal size={15} />
      </ActionIcon>
      {open && (
        <Suspense>
          <SoundWindow onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
