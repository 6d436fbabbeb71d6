import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isMicrophonePossible, type MicrophoneTrouble, openMicrophone, troubleOf } from '@/softphone/microphone'
import { askForNotifications } from '@/softphone/ring'
import { Note } from '@/ui/pieces'
import { rememberMicrophoneCheck } from './device'

const HEARD_LEVEL = 0.3
const HEARD_TIMES = 6
const SILENCE_AFTER = 4_000

type Progress = 'opening' | 'listening' | 'silent' | 'heard' | MicrophoneTrouble

/** Listens until a voice is heard. What is heard goes nowhere. */
export function MicrophoneCheck({ onPassed, onClose }: { onPassed: () => void; onClose: () => void }) {
  const { t } = useTranslation()
  const [progress, setProgress] = useState<Progress>(isMicrophonePossible() ? 'opening' : 'insecure')
  const [attempt, setAttempt] = useState(0)
  const [label, setLabel] = useState('')
  const meter = useRef<HTMLDivElement>(null)
  const passed = useRef(onPassed)
  useEffect(() => {
    passed.current = onPassed
  })

  useEffect(() => {
    if (!isMicrophonePossible()) return
    let over = false
    let close = () => {}
    askForNotifications()
    openMicrophone().then(
      (microphone) => {
        if (over) {
          microphone.close()
          return
        }
        setLabel(microphone.label)
        setProgress('listening')
        close = follow(microphone.level, meter, setProgress, () => {
          rememberMicrophoneCheck(true)
          setTimeout(() => !over && passed.current(), 600)
        })
        const stop = close
        close = () => {
          stop()
          microphone.close()
        }
      },
      (error: unknown) => !over && setProgress(troubleOf(error)),
    )
    return () => {
      over = true
      close()
    }
  }, [attempt])

  const skip = () => {
    rememberMicrophoneCheck(true)
    onPassed()
  }
  const again = () => {
    setProgress('opening')
    setAttempt((n) => n + 1)
  }
  const isTrouble = ['insecure', 'denied', 'missing', 'busy', 'other'].includes(progress)
  return (
    <div className="k-check" data-testid="microphone-check" data-progress={progress}>
      {isTrouble ? (
        <Note tone="bad" testId="microphone-trouble">
          {t(`microphone.${progress}`)}
        </Note>
      ) : (
        <>
          <div className="k-meter" role="img" aria-label={t('microphone.level')}>
            <div ref={meter} />
          </div>
          <div data-testid={progress === 'heard' ? 'device-check-passed' : undefined} aria-live="polite">
            <span className={progress === 'heard' ? 'k-tone-good' : progress === 'silent' ? 'k-tone-care' : ''}>
              {t(`microphone.${progress}`)}
            </span>
          </div>
          {label && <div className="k-quiet k-cut">{label}</div>}
        </>
      )}
      <div className="k-buttons">
        {progress === 'silent' && (
          <Button variant="default" onClick={skip} data-testid="microphone-skip">
            {t('microphone.skip')}
          </Button>
        )}
        {isTrouble && progress !== 'insecure' && (
          <Button variant="default" onClick={again}>
            {t('retry')}
          </Button>
        )}
        <Button variant="subtle" color="gray" onClick={onClose}>
          {t('close')}
        </Button>
      </div>
    </div>
  )
}

/** Draws the level and tells when a voice was heard; returns how to stop. */
function follow(
  level: () => number,
  meter: { current: HTMLDivElement | null },
  tell: (progress: Progress) => void,
  onHeard: () => void,
): () => void {
  let heard = 0
  let shown = 0
  let isOver = false
  const silence = setTimeout(() => !isOver && tell('silent'), SILENCE_AFTER)
  const timer = setInterval(() => {
    const now = level()
    shown = Math.max(now, shown * 0.85)
    if (meter.current) meter.current.style.transform = `scaleX(${shown.toFixed(3)})`
    if (now > HEARD_LEVEL && !isOver && ++heard >= HEARD_TIMES) {
      isOver = true
      clearTimeout(silence)
      tell('heard')
      onHeard()
    }
  }, 50)
  return () => {
    clearTimeout(silence)
    clearInterval(timer)
  }
}
