import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPlus, IconSearch, IconX } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '@/api/generated/schema'
import { useMay } from '@/features/session/session'
import { addLazyWords } from '@/i18n/lazy'
import { Chip, Empty, Loading, Panel, Trouble } from '@/ui/pieces'
import { ArticleEditor } from './ArticleEditor'
import { useArticles, useHits, useMisses, useSettleMiss } from './queries'
import { Reading } from './Reading'
import { Tabs } from './Tabs'
import './knowledge.css'

addLazyWords()

type Summary = components['schemas']['ArticleSummary']

/** Articles by folder, found by any form of a word; managers write them here and see what was looked for in vain. */
export function Knowledge() {
  const { t } = useTranslation()
  const may = useMay()
  const { open = '' } = useSearch({ from: '/knowledge' })
  const navigate = useNavigate({ from: '/knowledge' })
  const [editing, setEditing] = useState(false)
  const writes = may('edit_knowledge')
  const show = (id: string) => {
    setEditing(false)
    void navigate({ search: { open: id || undefined } })
  }
  return (
    <div className="k-column">
      <h1 className="k-hidden">{t('nav.knowledge')}</h1>
      <Tabs />
      <div className="k-shelf">
        <div style={{ display: 'flex', flexDirection: 'column', gap: 10, minHeight: 0 }}>
          <Shelf open={open} onOpen={show} writes={writes} />
          {writes && <Misses />}
        </div>
        <section className="k-panel" aria-label={t('knowledge.article')}>
          <div className="k-body" style={{ padding: 18 }}>
            {open === 'new' || (editing && open) ? (
              <ArticleEditor
                id={open}
                key={open}
                onDone={show}
                onCancel={() => (open === 'new' ? show('') : setEditing(false))}
              />
            ) : open ? (
              <>
                {writes && (
                  <Button
                    variant="default"
                    style={{ float: 'right' }}
                    onClick={() => setEditing(true)}
                    data-testid="article-edit"
                  >
                    {t('knowledge.edit')}
                  </Button>
                )}
                <Reading id={open} />
              </>
            ) : (
              <Nothing writes={writes} onMake={() => show('new')} />
            )}
          </div>
        </section>
      </div>
    </div>
  )
}

/** Nothing is chosen, or there is nothing to choose from yet. */
function Nothing({ writes, onMake }: { writes: boolean; onMake: () => void }) {
  const { t } = useTranslation()
  const bare = useArticles().data?.length === 0
  if (!bare || !writes)
    return <Empty title={t('knowledge.choose')}>{t(writes ? 'knowledge.choose_hint' : 'knowledge.ask_hint')}</Empty>
  return (
    <Empty
      title={t('first.article')}
      action={
        <Button variant="default" leftSection={<IconPlus size={13} />} onClick={onMake}>
          {t('first.article_new')}
        </Button>
      }
    >
      {t('first.article_hint')}
    </Empty>
  )
}

function Shelf({ open, onOpen, writes }: { open: string; onOpen: (id: string) => void; writes: boolean }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [text] = useDebouncedValue(typed.trim(), 200)
  const list = useArticles()
  const hits = useHits(text, '')
  const byId = new Map(list.data?.map((one) => [one.id, one]))
  const shown = text
    ? (hits.data?.items.flatMap((hit) => byId.get(hit.id) ?? []) ?? [])
    : (list.data?.filter((one) => writes || !one.archived) ?? [])
  return (
    <Panel
      title={t('knowledge.articles')}
      flush
      className="k-grow"
      aside={
        writes && (
          <Button
            size="compact-xs"
            leftSection={<IconPlus size={13} />}
            onClick={() => onOpen('new')}
            data-testid="article-new"
          >
            {t('knowledge.new')}
          </Button>
        )
      }
    >
      <div style={{ padding: '8px 12px' }}>
        <TextInput
          leftSection={<IconSearch size={14} />}
          placeholder={t('knowledge.search')}
          aria-label={t('knowledge.search')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-testid="knowledge-search"
        />
      </div>
      {list.error ? (
        <Trouble error={list.error} retry={() => void list.refetch()} />
      ) : list.isPending || (text && hits.isPending) ? (
        <Loading />
      ) : shown.length === 0 ? (
        <Empty title={text ? t('knowledge.vain', { text }) : t('knowledge.none')}>
          {!text && writes && t('knowledge.none_hint')}
        </Empty>
      ) : (
        shown.map((one, place) => (
          <div key={one.id}>
            {!text && one.folder !== shown[place - 1]?.folder && one.folder && (
              <h3 className="k-list-title">{one.folder}</h3>
            )}
            <Pick one={one} isOpen={one.id === open} onOpen={() => onOpen(one.id)} />
          </div>
        ))
      )}
    </Panel>
  )
}

function Pick({ one, isOpen, onOpen }: { one: Summary; isOpen: boolean; onOpen: () => void }) {
  const { t } = useTranslation()
  return (
    <button
      type="button"
      className="k-pick"
      aria-current={isOpen || undefined}
      onClick={onOpen}
      data-testid="article-row"
    >
      {one.title} {one.archived && <Chip>{t('knowledge.archived')}</Chip>}
      {one.useful + one.useless > 0 && (
        <span className="k-quiet k-num" title={t('knowledge.votes')}>
          {' '}
          +{one.useful} −{one.useless}
        </span>
      )}
    </button>
  )
}

/** What operators looked for and did not find: the list of what is worth writing. */
function Misses() {
  const { t } = useTranslation()
  const misses = useMisses(true)
  const settle = useSettleMiss()
  if (!misses.data?.length) return null
  return (
    <Panel title={t('knowledge.misses')} flush className="k-misses" testId="misses">
      <ul className="k-rows">
        {misses.data.map((one) => (
          <li key={one.sought} style={{ gridTemplateColumns: 'minmax(0,1fr) auto auto' }}>
            <span className="k-cut">{one.shown}</span>
            <span className="k-quiet k-num">{t('knowledge.times', { count: one.times })}</span>
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              px={4}
              aria-label={t('knowledge.settle')}
              title={t('knowledge.settle')}
              onClick={() => settle.mutate(one.sought)}
            >
              <IconX size={13} />
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
