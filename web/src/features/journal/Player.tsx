import { ActionIcon, SegmentedControl } from '@mantine/core'
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemFrom } from '@/api/problem'
import { currentLocale } from '@/i18n'
import { decimalMark, duration } from '@/ui/format'
import { Trouble } from '@/ui/pieces'
import { draw, peaks } from './wave'

const COLUMNS = 700
/** longer recordings are played from the server piece by piece, without their picture */
const LONGEST_DRAWN = 30 * 60

/** The sound's picture and its address; read once, because every reading is written down. */
function useSound(source: string, seconds: number) {
  return useQuery({
    queryKey: ['sound', source],
    enabled: seconds <= LONGEST_DRAWN,
    staleTime: Infinity,
    gcTime: 60_000,
    queryFn: async () => {
      const response = await fetch(source)
      if (!response.ok) throw problemFrom(await response.json().catch(() => undefined), response.status)
      const bytes = await response.arrayBuffer()
      const file = new Blob([bytes], { type: 'audio/wav' })
      const context = new OfflineAudioContext(2, 1, 8000)
      const sound = await context.decodeAudioData(bytes)
      const lanes = Array.from({ length: sound.numberOfChannels }, (_, channel) =>
        peaks(sound.getChannelData(channel), COLUMNS),
      )
      return { file, lanes, seconds: sound.duration }
    },
  })
}

/** A stretch in which nothing was recorded, in seconds of the recording. */
export interface Pause {
  from: number
  seconds: number
}

const NO_PAUSES: readonly Pause[] = []

/** A stereo conversation: the operator on the left and above, the customer on the right and below. */
export function Player({ source, seconds, pauses }: { source: string; seconds: number; pauses: readonly Pause[] }) {
  const { t } = useTranslation()
  return (
    <Sound
      source={source}
      seconds={seconds}
      pauses={pauses}
      names={[t('party.agent'), t('party.customer')]}
      testId="player"
    />
  )
}

export function Message({ source, seconds }: { source: string; seconds: number }) {
  const { t } = useTranslation()
  return <Sound source={source} seconds={seconds} names={[t('party.customer')]} testId="message-player" />
}

const SPEEDS = ['1', '1.25', '1.5', '2']

function Sound({
  source,
  seconds,
  pauses = NO_PAUSES,
  names,
  testId,
}: {
  source: string
  seconds: number
  pauses?: readonly Pause[]
  names: string[]
  testId: string
}) {
  const { t } = useTranslation()
  const audio = useRef<HTMLAudioElement>(null)
  const sound = useSound(source, seconds)
  const [playing, setPlaying] = useState(false)
  const [at, setAt] = useState(0)
  const [speed, setSpeed] = useState('1')
  const whole = sound.data?.seconds || seconds || 1
  const file = sound.data?.file
  const [local, setLocal] = useState<string>()
  const address = seconds > LONGEST_DRAWN ? source : local

  useEffect(() => {
    if (!file) return
    const made = URL.createObjectURL(file)
    setLocal(made)
    return () => URL.revokeObjectURL(made)
  }, [file])

  useEffect(() => {
    if (!playing) return
    let frame = requestAnimationFrame(function follow() {
      setAt(audio.current?.currentTime ?? 0)
      frame = requestAnimationFrame(follow)
    })
    return () => cancelAnimationFrame(frame)
  }, [playing])

  const toggle = () => {
    const element = audio.current
    if (!element) return
    if (element.paused) void element.play()
    else element.pause()
  }
  const seek = (to: number) => {
    if (!audio.current) return
    audio.current.currentTime = Math.min(whole, Math.max(0, to))
    setAt(audio.current.currentTime)
  }
  const onKey = (event: React.KeyboardEvent) => {
    const by = { ArrowLeft: -5, ArrowRight: 5 }[event.key]
    if (by === undefined) return
    event.preventDefault()
    seek(at + by)
  }

  if (sound.error) return <Trouble error={sound.error} retry={() => void sound.refetch()} />
  return (
    <div
      className="k-player"
      data-testid={testId}
      data-ready={address !== undefined}
      data-channels={sound.data?.lanes.length}
    >
      {address && (
        <audio
          ref={audio}
          src={address}
          preload="auto"
          onPlay={() => setPlaying(true)}
          onPause={() => setPlaying(false)}
          onEnded={() => setPlaying(false)}
          data-testid={`${testId}-audio`}
        />
      )}
      <div className="k-player-bar">
        <ActionIcon
          variant="filled"
          color="ink"
          size="lg"
          radius="xl"
          disabled={!address}
          onClick={toggle}
          aria-label={t(playing ? 'sound.pause' : 'sound.play')}
          data-testid={`${testId}-play`}
        >
          {playing ? <IconPlayerPauseFilled size={16} /> : <IconPlayerPlayFilled size={16} />}
        </ActionIcon>
        <span className="k-num">
          {duration(at)} <span className="k-quiet">/ {duration(whole)}</span>
        </span>
        <input
          type="range"
          className="k-grow"
          min={0}
          max={whole}
          step={0.1}
          value={at}
          onChange={(event) => seek(event.currentTarget.valueAsNumber)}
          onKeyDown={onKey}
          aria-label={t('sound.position')}
          aria-valuetext={duration(at)}
          data-testid={`${testId}-seek`}
        />
        <SegmentedControl
          aria-label={t('sound.speed')}
          value={speed}
          onChange={(value) => {
            setSpeed(value)
            if (audio.current) audio.current.playbackRate = parseFloat(value)
          }}
          data={SPEEDS.map((value) => ({ value, label: `×${value.replace('.', decimalMark(currentLocale()))}` }))}
        />
      </div>
      {sound.data && (
        <Wave
          lanes={sound.data.lanes}
          names={names}
          position={at / whole}
          stretches={pauses.map((pause) => ({ left: pause.from / whole, width: pause.seconds / whole }))}
          onSeek={(part) => seek(part * whole)}
        />
      )}
      {pauses.length > 0 && (
        <ul className="k-pauses" data-testid="pauses">
          {pauses.map((pause) => (
            <li key={pause.from}>
              <button type="button" className="k-link" onClick={() => seek(pause.from + pause.seconds)}>
                {t('sound.paused', { from: duration(pause.from), to: duration(pause.from + pause.seconds) })}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

interface WaveProps {
  lanes: Float32Array[]
  names: string[]
  position: number
  stretches: { left: number; width: number }[]
  onSeek: (part: number) => void
}

function Wave({ lanes, names, position, stretches, onSeek }: WaveProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    if (!canvas.current) return
    const style = getComputedStyle(document.documentElement)
    draw(canvas.current, lanes, position, {
      played: style.getPropertyValue('--k-text'),
      ahead: style.getPropertyValue('--k-away-fill'),
    })
  })
  return (
    <div className="k-wave">
      <div className="k-wave-names" style={{ gridTemplateRows: `repeat(${lanes.length}, 1fr)` }}>
        {lanes.map((_, index) => (
          <span key={index}>{names[index]}</span>
        ))}
      </div>
      <canvas
        ref={canvas}
        aria-hidden
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          onSeek((event.clientX - box.left) / box.width)
        }}
      />
      <div className="k-wave-pauses" aria-hidden>
        {stretches.map((one) => (
          <span key={one.left} style={{ left: `${one.left * 100}%`, width: `${one.width * 100}%` }} />
        ))}
      </div>
    </div>
  )
}
