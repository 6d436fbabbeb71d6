import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconArrowLeft, IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Empty, Trouble } from '@/ui/pieces'
import { tellMiss, useHits } from './queries'
import { Reading } from './Reading'

const VAIN = 2_500

/** Looking things up beside the call. `asked` counts how often the key for it was pressed. */
export function KnowledgeSearch({ project, asked }: { project: string; asked: number }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [open, setOpen] = useState('')
  const [text] = useDebouncedValue(typed.trim(), 200)
  const hits = useHits(text, project)
  const input = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    if (asked === 0) return
    input.current?.focus()
    input.current?.select()
  }, [asked])
  const items = hits.data?.items
  const vain = text !== '' && !hits.isFetching && items?.length === 0
  useEffect(() => {
    if (!vain) return
    const timer = setTimeout(() => tellMiss(text), VAIN)
    return () => clearTimeout(timer)
  }, [vain, text])

  return (
    <div className="k-lookup" data-testid="lookup">
      <TextInput
        ref={input}
        leftSection={<IconSearch size={14} />}
        placeholder={t('knowledge.search')}
        aria-label={t('knowledge.search')}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setOpen('')
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && items?.[0]) setOpen(items[0].id)
          if (event.key === 'ArrowDown') list.current?.querySelector('button')?.focus()
          if (event.key === 'Escape') setTyped('')
        }}
        data-testid="lookup-text"
      />
      {open ? (
        <div style={{ marginTop: 8 }}>
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconArrowLeft size={13} />}
            onClick={() => setOpen('')}
            mb={8}
          >
            {t('knowledge.back')}
          </Button>
          <Reading id={open} compact />
        </div>
      ) : hits.error ? (
        <Trouble error={hits.error} retry={() => void hits.refetch()} />
      ) : text === '' ? (
        <Empty title={t('knowledge.ask')}>{t('knowledge.ask_hint')}</Empty>
      ) : vain ? (
        <Empty title={t('knowledge.vain', { text })}>{t('knowledge.vain_hint')}</Empty>
      ) : (
        <>
          {hits.data?.corrected && <p className="k-hint">{t('knowledge.corrected')}</p>}
          {hits.data?.partial && <p className="k-hint">{t('knowledge.partial')}</p>}
          <ul className="k-hits" ref={list}>
            {items?.map((hit) => (
              <li key={hit.id}>
                <button type="button" onClick={() => setOpen(hit.id)} data-testid="hit">
                  <strong>{hit.title}</strong>
                  {hit.folder && <span className="k-quiet"> · {hit.folder}</span>}
                  <div className="k-quiet">{hit.excerpt}</div>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
