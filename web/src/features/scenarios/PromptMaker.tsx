import { Button, Group, NativeSelect, SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core'
import { IconMicrophone, IconPlayerStopFilled, IconUpload } from '@tabler/icons-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLocale } from '@/i18n'
import { Note, Since, Trouble } from '@/ui/pieces'
import { Modal } from '@/ui/Modal'
import { type Prompt, useBring, useSpeak } from './queries'
import { asWave } from './sound'

type From = 'text' | 'microphone' | 'file'

/** A new recording: read from a text, recorded here, or brought as a file. */
export function PromptMaker({ onClose, onMade }: { onClose: () => void; onMade: (prompt: Prompt) => void }) {
  const { t } = useTranslation()
  const speak = useSpeak()
  const bring = useBring()
  const [from, setFrom] = useState<From>('text')
  const [title, setTitle] = useState('')
  const [language, setLanguage] = useState<'ru' | 'en'>(currentLocale())
  const [text, setText] = useState('')
  const [sound, setSound] = useState<Blob>()
  const busy = speak.isPending || bring.isPending

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const onSuccess = (made: Prompt) => {
      onMade(made)
      onClose()
    }
    const named = title.trim() || text.trim().slice(0, 60)
    if (from === 'text') speak.mutate({ title: named, language, text: text.trim() }, { onSuccess })
    else if (sound)
      bring.mutate(
        { title: named, language, text: text.trim(), origin: from === 'file' ? 'upload' : 'microphone', sound },
        { onSuccess },
      )
  }
  const ready = from === 'text' ? text.trim() !== '' : sound !== undefined && (title.trim() || text.trim()) !== ''
  const error = speak.error ?? bring.error
  return (
    <Modal opened onClose={onClose} title={t('prm.new')}>
      <form onSubmit={submit} data-testid="prompt-form">
        <Stack gap="sm">
          <SegmentedControl
            fullWidth
            aria-label={t('prm.origin')}
            value={from}
            onChange={(value) => {
              setFrom(value)
              setSound(undefined)
            }}
            data={[
              { value: 'text', label: t('prm.from_text') },
              { value: 'microphone', label: t('prm.from_microphone') },
              { value: 'file', label: t('prm.from_file') },
            ]}
          />
          <TextInput
            label={t('prm.name')}
            value={title}
            maxLength={100}
            onChange={(event) => setTitle(event.currentTarget.value)}
            data-autofocus
            data-testid="prompt-title"
          />
          <Textarea
            label={t('prm.text')}
            description={from === 'text' ? t('prm.text_hint') : undefined}
            value={text}
            maxLength={1000}
            autosize
            minRows={2}
            onChange={(event) => setText(event.currentTarget.value)}
            data-testid="prompt-text"
          />
          {from === 'microphone' && <Recorder onRecorded={setSound} />}
          {from === 'file' && <FileChoice onChosen={setSound} />}
          <NativeSelect
            size="xs"
            label={t('prm.language')}
            value={language}
            onChange={(event) => setLanguage(event.currentTarget.value as 'ru' | 'en')}
            data={[
              { value: 'ru', label: 'Русский' },
              { value: 'en', label: 'English' },
            ]}
          />
          {sound && <Listen sound={sound} />}
          {error && <Trouble error={error} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={!ready} data-testid="prompt-make">
              {t('prm.make')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function Listen({ sound }: { sound: Blob }) {
  const ref = useRef<HTMLAudioElement>(null)
  useEffect(() => {
    const url = URL.createObjectURL(sound)
    if (ref.current) ref.current.src = url
    return () => URL.revokeObjectURL(url)
  }, [sound])
  return <audio ref={ref} controls style={{ width: '100%', height: 34 }} />
}

function FileChoice({ onChosen }: { onChosen: (sound: Blob | undefined) => void }) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const [name, setName] = useState('')
  const choose = async (file: File | undefined) => {
    if (!file) return
    setName(file.name)
    onChosen(undefined)
    onChosen((await asWave(file)) ?? file) // what the browser cannot read, the server may
  }
  return (
    <div>
      <input
        ref={input}
        type="file"
        hidden
        accept="audio/*,.wav,.mp3,.ogg,.m4a,.flac,.aac,.webm"
        onChange={(event) => void choose(event.currentTarget.files?.[0])}
        data-testid="prompt-file"
      />
      <Button variant="default" leftSection={<IconUpload size={14} />} onClick={() => input.current?.click()}>
        {name || t('prm.choose_file')}
      </Button>
      <p className="k-hint">{t('prm.file_hint')}</p>
    </div>
  )
}

function Recorder({ onRecorded }: { onRecorded: (sound: Blob | undefined) => void }) {
  const { t } = useTranslation()
  const [recorder, setRecorder] = useState<MediaRecorder>()
  const [since, setSince] = useState(0)
  const [done, setDone] = useState(false)
  const [refused, setRefused] = useState(false)
  useEffect(() => () => stop(recorder), [recorder])

  const begin = async () => {
    setRefused(false)
    onRecorded(undefined)
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
      const parts: Blob[] = []
      const fresh = new MediaRecorder(stream)
      fresh.ondataavailable = (event) => parts.push(event.data)
      fresh.onstop = () => {
        stream.getTracks().forEach((track) => track.stop())
        setRecorder(undefined)
        void asWave(new Blob(parts, { type: fresh.mimeType })).then((sound) => {
          onRecorded(sound)
          setDone(sound !== undefined)
        })
      }
      fresh.start()
      setSince(Date.now() / 1000)
      setRecorder(fresh)
    } catch {
      setRefused(true)
    }
  }
  return (
    <div>
      {refused && <Note tone="bad">{t('prm.microphone_refused')}</Note>}
      {recorder ? (
        <Button
          leftSection={<IconPlayerStopFilled size={14} />}
          onClick={() => stop(recorder)}
          data-testid="prompt-stop"
        >
          {t('prm.stop')} · <Since at={since} />
        </Button>
      ) : (
        <Button
          variant="default"
          leftSection={<IconMicrophone size={14} />}
          onClick={() => void begin()}
          data-testid="prompt-record"
        >
          {t(done ? 'prm.again' : 'prm.record')}
        </Button>
      )}
    </div>
  )
}

function stop(recorder: MediaRecorder | undefined): void {
  if (recorder && recorder.state !== 'inactive') recorder.stop()
}
