import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Tabs } from '@/features/knowledge/Tabs'
import { Chip, Empty, Loading, Panel, Trouble } from '@/ui/pieces'
import { Editor } from './Editor'
import { firstDraft } from './editing'
import { type ScriptCard, useScriptCard, useScripts } from './queries'
import '@/features/workplace/workplace.css'
import { addLazyWords } from '@/i18n/lazy'

addLazyWords()

/** Scripts: written, tried, published and measured. */
export function Scripts() {
  const { t } = useTranslation()
  const list = useScripts()
  const [open, setOpen] = useState('')
  const card = useScriptCard(open)
  const [fresh, setFresh] = useState<ScriptCard>()
  const start = () => {
    const made = firstDraft(t('scripts.first_name'), {
      hello: t('scripts.first_hello'),
      bye: t('scripts.first_bye'),
      next: t('scripts.next'),
      end: t('scripts.end'),
    })
    setFresh(made)
    setOpen('')
  }
  const shown = fresh ?? card.data
  return (
    <div className="k-column">
      <h1 className="k-hidden">{t('scripts.title')}</h1>
      <Tabs />
      <div className="k-shelf">
        <Panel
          title={t('scripts.title')}
          flush
          aside={
            <Button size="compact-xs" leftSection={<IconPlus size={13} />} onClick={start} data-testid="script-new">
              {t('scripts.new')}
            </Button>
          }
        >
          {list.error ? (
            <Trouble error={list.error} retry={() => void list.refetch()} />
          ) : list.isPending ? (
            <Loading />
          ) : list.data.length === 0 ? (
            <Empty title={t('scripts.none')}>{t('scripts.none_hint')}</Empty>
          ) : (
            list.data.map((one) => (
              <button
                key={one.id}
                type="button"
                className="k-pick"
                aria-current={(one.id === open && !fresh) || undefined}
                onClick={() => {
                  setFresh(undefined)
                  setOpen(one.id)
                }}
                data-testid="script-row"
              >
                {one.name}{' '}
                {one.archived ? (
                  <Chip>{t('knowledge.archived')}</Chip>
                ) : one.version === 0 ? (
                  <Chip>{t('scripts.unpublished')}</Chip>
                ) : (
                  <span className="k-quiet">{t('scripts.version', { version: one.version })}</span>
                )}
              </button>
            ))
          )}
        </Panel>
        {shown ? (
          <Editor
            key={shown.id}
            card={shown}
            onKept={(id) => {
              setFresh(undefined)
              setOpen(id)
            }}
          />
        ) : (
          <section className="k-panel" aria-label={t('scripts.script')}>
            {card.error ? (
              <Trouble error={card.error} retry={() => void card.refetch()} />
            ) : open ? (
              <Loading />
            ) : (
              <Empty
                title={t(list.data?.length === 0 ? 'first.script' : 'scripts.choose')}
                action={
                  list.data?.length === 0 && (
                    <Button variant="default" leftSection={<IconPlus size={13} />} onClick={start}>
                      {t('scripts.new')}
                    </Button>
                  )
                }
              >
                {t(list.data?.length === 0 ? 'first.script_hint' : 'scripts.choose_hint')}
              </Empty>
            )}
          </section>
        )}
      </div>
    </div>
  )
}
