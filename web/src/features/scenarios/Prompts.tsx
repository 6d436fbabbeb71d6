import { ActionIcon, Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/problem'
import { useCodes } from '@/features/codes/queries'
import { useMay } from '@/features/session/session'
import { duration } from '@/ui/format'
import { Chip, Empty, Loading, Panel, Trouble } from '@/ui/pieces'
import { PlayButton } from './PlayButton'
import { PromptMaker } from './PromptMaker'
import { type Prompt, usePrompts, useRemovePrompt } from './queries'
import './scenarios.css'

/** What callers hear: own recordings first, then the phrases that came with the product. */
export function Prompts() {
  const { t } = useTranslation()
  const may = useMay()
  const prompts = usePrompts()
  const code = useCodes().data?.codes.dictate ?? ''
  const [making, setMaking] = useState(false)
  if (prompts.error) return <Trouble error={prompts.error} retry={() => void prompts.refetch()} />
  if (!prompts.data) return <Loading />
  const mine = prompts.data.filter((prompt) => prompt.origin !== 'own')
  const own = prompts.data.filter((prompt) => prompt.origin === 'own')
  return (
    <div className="k-column">
      <h1 className="k-hidden">{t('prm.title')}</h1>
      <Panel
        title={t('prm.title')}
        flush
        className="k-grow"
        aside={
          <>
            <Link to="/settings/scenarios" className="k-link">
              {t('scn.title')}
            </Link>
            {may('configure') && (
              <Button leftSection={<IconPlus size={14} />} onClick={() => setMaking(true)} data-testid="prompt-new">
                {t('prm.new')}
              </Button>
            )}
          </>
        }
      >
        {mine.length === 0 && (
          <div style={{ height: 120 }}>
            <Empty title={t('prm.none')}>{t('prm.none_hint')}</Empty>
          </div>
        )}
        <table className="k-table k-prompts">
          <thead>
            <tr>
              <th />
              <th className="k-right" title={code && t('prm.number_hint', { code })}>
                {t('prm.number')}
              </th>
              <th>{t('prm.name')}</th>
              <th>{t('prm.origin')}</th>
              <th>{t('prm.language')}</th>
              <th className="k-right">{t('prm.length')}</th>
              <th>{t('prm.used')}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {[...mine, ...own].map((prompt) => (
              <PromptLine key={prompt.name} prompt={prompt} code={code} writable={may('configure')} />
            ))}
          </tbody>
        </table>
      </Panel>
      {making && <PromptMaker onClose={() => setMaking(false)} onMade={() => undefined} />}
    </div>
  )
}

/** `code`: what is dialled to speak a prompt, "" = it is switched off. */
function PromptLine({ prompt, code, writable }: { prompt: Prompt; code: string; writable: boolean }) {
  const { t } = useTranslation()
  const remove = useRemovePrompt()
  const onError = (error: unknown) => notifications.show({ message: messageOf(error), color: 'red', autoClose: 8000 })
  return (
    <tr data-testid="prompt-row" data-origin={prompt.origin}>
      <td>
        {prompt.seconds != null ? (
          <PlayButton name={prompt.name} title={prompt.title} />
        ) : (
          <Chip tone="bad" title={t('prm.silent_hint')}>
            {t('prm.silent')}
          </Chip>
        )}
      </td>
      <td className="k-right k-num" title={code && prompt.number ? t('prm.number_hint', { code }) : undefined}>
        {prompt.number || ''}
      </td>
      <td className="k-prompt-title">
        {prompt.title}
        {prompt.text && prompt.text !== prompt.title && <div className="k-quiet">{prompt.text}</div>}
      </td>
      <td>{t(`prm.origins.${prompt.origin}`)}</td>
      <td>{prompt.language === 'en' ? 'English' : 'Русский'}</td>
      <td className="k-right k-num">{prompt.seconds != null ? duration(Math.round(prompt.seconds)) : ''}</td>
      <td className="k-quiet">{(prompt.used ?? []).join(', ')}</td>
      <td className="k-right">
        {writable && prompt.name.startsWith('t-') && (
          <ActionIcon
            aria-label={`${t('prm.remove')}: ${prompt.title}`}
            title={t('prm.remove')}
            onClick={() => remove.mutate(prompt.name, { onError })}
          >
            <IconTrash size={14} />
          </ActionIcon>
        )}
      </td>
    </tr>
  )
}
