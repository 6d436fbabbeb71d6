import { Button, Select, Stack } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { canChooseOutput, chooseSound, ofKind, onSoundChoice, type SoundRole, soundChoice } from '@/softphone/devices'
import { isMicrophonePossible, type MicrophoneTrouble, openMicrophone, troubleOf } from '@/softphone/microphone'
import { ringForTest } from '@/softphone/ring'
import { Modal } from '@/ui/Modal'
import { Note } from '@/ui/pieces'

export function SoundWindow({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal opened onClose={onClose} title={t('audio.title')}>
      <Choices />
    </Modal>
  )
}

function Choices() {
  const { t } = useTranslation()
  const choice = useSyncExternalStore(onSoundChoice, soundChoice)
  const meter = useRef<HTMLDivElement>(null)
  const [trouble, setTrouble] = useState<MicrophoneTrouble | undefined>(isMicrophonePossible() ? undefined : 'insecure')
  const [opened, setOpened] = useState(0)
  const found = useDevices(opened)

  useEffect(() => {
    if (!isMicrophonePossible()) return
    let over = false
    let close = () => {}
    openMicrophone().then(
      (microphone) => {
        const timer = setInterval(() => {
          if (meter.current) meter.current.style.transform = `scaleX(${microphone.level().toFixed(3)})`
        }, 60)
        close = () => {
          clearInterval(timer)
          microphone.close()
        }
        if (over) {
          close()
          return
        }
        setTrouble(undefined)
        setOpened((n) => n + 1) // only now browsers tell the names
      },
      (error: unknown) => !over && setTrouble(troubleOf(error)),
    )
    return () => {
      over = true
      close()
    }
  }, [choice.microphone])

  const field = (role: SoundRole, kind: string) => {
    const devices = ofKind(found, kind)
    const gone = choice[role] !== '' && found.length > 0 && !devices.some((one) => one.id === choice[role])
    return (
      <Select
        label={t(`audio.${role}`)}
        description={gone ? t('audio.gone') : undefined}
        allowDeselect={false}
        value={choice[role]}
        onChange={(id) => chooseSound({ [role]: id ?? '' })}
        data={[
          { value: '', label: t('audio.system') },
          ...devices.map((one) => ({ value: one.id, label: one.label })),
          ...(gone ? [{ value: choice[role], label: t('audio.unplugged') }] : []),
        ]}
        data-testid={`sound-${role}`}
      />
    )
  }
  return (
    <Stack gap="sm">
      {trouble && <Note tone="bad">{t(`microphone.${trouble}`)}</Note>}
      {field('microphone', 'audioinput')}
      <div className="k-meter" role="img" aria-label={t('microphone.level')}>
        <div ref={meter} />
      </div>
      {canChooseOutput() ? (
        <>
          {field('talk', 'audiooutput')}
          {field('ring', 'audiooutput')}
          <p className="k-hint" style={{ margin: 0 }}>
            {t('audio.ring_hint')}
          </p>
        </>
      ) : (
        <Note tone="away">{t('audio.no_outputs')}</Note>
      )}
      <Button
        variant="default"
        leftSection={<IconBell size={14} />}
        onClick={() => void ringForTest()}
        data-testid="sound-test"
      >
        {t('audio.test')}
      </Button>
    </Stack>
  )
}

/** What is plugged in now; `again` asks once more. */
function useDevices(again: number): MediaDeviceInfo[] {
  const [found, setFound] = useState<MediaDeviceInfo[]>([])
  useEffect(() => {
    if (!isMicrophonePossible()) return
    let over = false
    const ask = () =>
      void navigator.mediaDevices.enumerateDevices().then(
        (devices) => !over && setFound(devices),
        () => undefined,
      )
    ask()
    navigator.mediaDevices.addEventListener('devicechange', ask)
    return () => {
      over = true
      navigator.mediaDevices.removeEventListener('devicechange', ask)
    }
  }, [again])
  return found
}
