import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import { useCollection } from '@/realtime/live'
import { Chip, Empty, Panel, Trouble, Until } from '@/ui/pieces'
import { useRows } from './entity'
import { SelectField } from './fields'
import { lists, MODES, namesOfModes, type ProjectRow } from './kinds'

const MINUTES = ['0', '30', '60', '120', '240', '480', '1440']

interface ByHand {
  mode: string
  until: number
}

/** Which part of the day it is for each project, by the clock or by hand until a moment. */
export function Modes() {
  const { t } = useTranslation()
  const projects = useRows('projects', lists.projects).data ?? []
  const calendars = useRows('calendars', lists.calendars).data ?? []
  const books = Object.values(useCollection('books'))[0] as { modes?: Record<string, ByHand> } | undefined
  return (
    <Panel title={t('settings.modes_now')} testId="modes">
      <p className="k-hint" style={{ margin: '0 0 10px' }}>
        {t('settings.modes_now_hint')}
      </p>
      {projects.length === 0 && <Empty title={t('settings.none')}>{t('settings.no_modes_hint')}</Empty>}
      {projects.map((project) => {
        const own = calendars.filter((one) => one.id === project.calendar)
        const names = namesOfModes(own)
        const modes = [...new Set([...MODES, ...own.flatMap((one) => Object.keys(one.modes))])]
        return (
          <Mode
            key={project.id}
            project={project}
            words={Object.fromEntries(modes.map((mode) => [mode, names[mode] ?? t(`settings.mode.${mode}`, mode)]))}
            byHand={books?.modes?.[project.id]}
          />
        )
      })}
    </Panel>
  )
}

interface ModeProps {
  project: ProjectRow
  words: Record<string, string>
  byHand: ByHand | undefined
}

function Mode({ project, words, byHand }: ModeProps) {
  const { t } = useTranslation()
  const [mode, setMode] = useState('night')
  const [minutes, setMinutes] = useState('60')
  const change = useMutation({
    mutationFn: (wish: { mode: string; minutes: number }) =>
      must(client.PUT('/api/projects/{id}/mode', { params: { path: { id: project.id } }, body: wish })),
  })
  return (
    <div className="k-set-row" style={{ marginBottom: 8 }}>
      <div className="k-set-mode k-grow">
        <div>
          <strong>{project.name}</strong>
          <div>
            {byHand ? (
              <Chip tone="care">
                {t('settings.by_hand')}: {words[byHand.mode] ?? byHand.mode}
                {byHand.until > 0 && (
                  <>
                    {' · '}
                    <Until at={byHand.until} />
                  </>
                )}
              </Chip>
            ) : (
              <Chip>{t('settings.by_clock')}</Chip>
            )}
          </div>
        </div>
        <SelectField label={t('settings.mode_set')} value={mode} onChange={setMode} options={words} />
        <SelectField
          label={t('settings.for_how_long')}
          value={minutes}
          onChange={setMinutes}
          options={Object.fromEntries(MINUTES.map((one) => [one, t(`settings.minutes.${one}`)]))}
        />
        <div className="k-buttons">
          <Button
            onClick={() => change.mutate({ mode, minutes: Number(minutes) })}
            loading={change.isPending}
            data-testid="mode-set"
          >
            {t('settings.mode_switch')}
          </Button>
          {byHand && (
            <Button variant="default" onClick={() => change.mutate({ mode: '', minutes: 0 })}>
              {t('settings.mode_clock')}
            </Button>
          )}
        </div>
        {change.error && <Trouble error={change.error} />}
      </div>
    </div>
  )
}
