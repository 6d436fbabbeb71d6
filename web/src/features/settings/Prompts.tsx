import { Button, TextInput } from '@mantine/core'
import { IconPlayerPlay, IconPlayerStop, IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { duration } from '@/ui/format'
import { Chip, Empty, Loading, Note, Panel, Trouble } from '@/ui/pieces'
import { usePrompts } from './kinds'

/** Everything that callers may hear: what it says, how long it is, who plays it; a click plays it here. */
export function Prompts() {
  const { t } = useTranslation()
  const prompts = usePrompts()
  const [typed, setTyped] = useState('')
  const player = useRef<HTMLAudioElement | null>(null)
  const [playing, setPlaying] = useState('')
  const [silent, setSilent] = useState('')
  useEffect(() => () => player.current?.pause(), [])
  if (prompts.error) return <Trouble error={prompts.error} retry={() => void prompts.refetch()} />
  if (!prompts.data) return <Loading />

  const play = (name: string) => {
    player.current?.pause()
    setSilent('')
    if (playing === name) return setPlaying('')
    const sound = new Audio(`/api/prompts/${name}`)
    player.current = sound
    setPlaying(name)
    sound.onended = () => setPlaying('')
    const failed = () => {
      setPlaying('')
      setSilent(name)
    }
    sound.onerror = failed
    sound.play().catch(failed)
  }
  const sought = typed.trim().toLowerCase()
  const rows = prompts.data.filter((one) => `${one.name} ${one.text}`.toLowerCase().includes(sought))
  const missing = prompts.data.filter((one) => one.seconds === 0 && one.scenarios.length > 0)
  return (
    <div className="k-column">
      <h1 className="k-hidden">{t('settings.prompts')}</h1>
      {missing.length > 0 && (
        <Note tone="bad">{t('settings.prompts_missing', { names: missing.map((one) => one.name).join(', ') })}</Note>
      )}
      {silent && <Note tone="bad">{t('settings.prompt_silent', { name: silent })}</Note>}
      <Panel
        title={`${t('settings.prompts')}: ${rows.length}`}
        flush
        className="k-grow"
        aside={
          <TextInput
            size="xs"
            leftSection={<IconSearch size={14} />}
            placeholder={t('settings.search')}
            aria-label={t('settings.search')}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        }
      >
        {rows.length === 0 && <Empty title={t('nothing_found')} />}
        <table className="k-table k-wrapping">
          <thead>
            <tr>
              <th>{t('settings.prompt_listen')}</th>
              <th>{t('settings.field.name')}</th>
              <th>{t('settings.prompt_text')}</th>
              <th className="k-right">{t('settings.prompt_length')}</th>
              <th>{t('settings.prompt_used')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((one) => (
              <tr key={one.name} data-testid="prompt-row">
                <td>
                  <Button
                    variant="default"
                    size="compact-sm"
                    aria-label={t(playing === one.name ? 'settings.prompt_stop' : 'settings.prompt_play', {
                      name: one.name,
                    })}
                    disabled={one.seconds === 0}
                    onClick={() => play(one.name)}
                  >
                    {playing === one.name ? <IconPlayerStop size={14} /> : <IconPlayerPlay size={14} />}
                  </Button>
                </td>
                <td>{one.name}</td>
                <td>{one.text || <span className="k-quiet">{t('settings.prompt_own')}</span>}</td>
                <td className="k-num k-right">
                  {one.seconds > 0 ? (
                    duration(Math.round(one.seconds))
                  ) : (
                    <Chip tone="bad">{t('settings.prompt_none')}</Chip>
                  )}
                </td>
                <td className="k-quiet">{one.scenarios.join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
    </div>
  )
}
