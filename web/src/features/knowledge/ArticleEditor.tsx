import { Button, Checkbox, Group, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { seconds } from '@/api/types'
import { parseTags } from '@/features/customers/search'
import { useDirectory } from '@/ui/names'
import { Loading, Moment, Trouble } from '@/ui/pieces'
import { type Article, type ArticleGiven, useArticle, useArticleVersions, useWriteArticle } from './queries'

const Words = lazy(() => import('./Words'))

const BLANK: ArticleGiven = { title: '', text: '', folder: '', tags: [], project: '', archived: false }

interface Props {
  id: string
  onDone: (id: string) => void
  onCancel: () => void
}

export function ArticleEditor(props: Props) {
  const article = useArticle(props.id)
  if (props.id === 'new') return <Editor {...props} />
  if (article.error) return <Trouble error={article.error} retry={() => void article.refetch()} />
  return article.data ? <Editor {...props} article={article.data} /> : <Loading />
}

function Editor({ id, onDone, onCancel, article }: Props & { article?: Article }) {
  const { t } = useTranslation()
  const { projects } = useDirectory()
  const [given, setGiven] = useState<ArticleGiven>(article ? { ...BLANK, ...pick(article) } : BLANK)
  const [tags, setTags] = useState(given.tags?.join(', ') ?? '')
  const [part, setPart] = useState<'write' | 'look' | 'versions'>('write')
  const [revision] = useState(article?.revision ?? 0)
  const write = useWriteArticle(id, revision)
  const change = (part: Partial<ArticleGiven>) => setGiven({ ...given, ...part })
  const save = () => write.mutate({ ...given, tags: parseTags(tags) }, { onSuccess: (kept) => onDone(kept.id) })
  return (
    <div className="k-edit" data-testid="article-editor">
      <div className="k-edit-row">
        <TextInput
          className="k-grow"
          label={t('knowledge.title')}
          value={given.title}
          onChange={(event) => change({ title: event.currentTarget.value })}
          maxLength={100}
          autoFocus
          data-testid="article-title"
        />
        <TextInput
          label={t('knowledge.folder')}
          placeholder={t('knowledge.folder_hint')}
          value={given.folder}
          onChange={(event) => change({ folder: event.currentTarget.value })}
          maxLength={200}
        />
      </div>
      <div className="k-edit-row">
        <TextInput
          className="k-grow"
          label={t('knowledge.tags')}
          value={tags}
          onChange={(event) => setTags(event.currentTarget.value)}
        />
        <Select
          label={t('knowledge.project')}
          data={[
            { value: '', label: t('knowledge.every_project') },
            ...Object.entries(projects).map(([value, label]) => ({ value, label })),
          ]}
          value={given.project ?? ''}
          onChange={(value) => change({ project: value ?? '' })}
          allowDeselect={false}
        />
        <Checkbox
          mb={6}
          label={t('knowledge.archive')}
          checked={given.archived ?? false}
          onChange={(event) => change({ archived: event.currentTarget.checked })}
        />
      </div>
      <SegmentedControl
        size="xs"
        aria-label={t('knowledge.article')}
        value={part}
        onChange={(value) => setPart(value)}
        style={{ alignSelf: 'flex-start' }}
        data={[
          { value: 'write', label: t('knowledge.write') },
          { value: 'look', label: t('knowledge.look') },
          ...(id === 'new' ? [] : [{ value: 'versions' as const, label: t('knowledge.versions') }]),
        ]}
      />
      {part === 'write' && (
        <Textarea
          aria-label={t('knowledge.text')}
          description={t('knowledge.markdown')}
          value={given.text}
          onChange={(event) => change({ text: event.currentTarget.value })}
          autosize
          minRows={14}
          maxRows={26}
          maxLength={100_000}
          data-testid="article-text"
        />
      )}
      {part === 'look' && (
        <Suspense fallback={<Loading />}>
          <Words text={given.text} />
        </Suspense>
      )}
      {part === 'versions' && (
        <Versions
          id={id}
          revision={revision}
          onTake={(text) => {
            change({ text })
            setPart('write')
          }}
        />
      )}
      {write.error && <Trouble error={write.error} />}
      <Group gap={8}>
        <Button onClick={save} loading={write.isPending} disabled={!given.title.trim()} data-testid="article-save">
          {t('save')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </Group>
    </div>
  )
}

function pick({ title, text, folder, tags, project, archived }: Article): ArticleGiven {
  return { title, text, folder, tags, project, archived }
}

/** Who changed what; any of it can be taken back into the editor. */
function Versions({ id, revision, onTake }: { id: string; revision: number; onTake: (text: string) => void }) {
  const { t } = useTranslation()
  const versions = useArticleVersions(id, revision)
  if (versions.error) return <Trouble error={versions.error} retry={() => void versions.refetch()} />
  if (!versions.data) return <Loading />
  return (
    <ul className="k-rows">
      {versions.data.map((one) => (
        <li key={one.revision} style={{ gridTemplateColumns: '40px minmax(0,1fr) auto' }}>
          <span className="k-num">{one.revision}</span>
          <details>
            <summary>
              {one.by_name}, <Moment at={seconds(one.at)} />
            </summary>
            <pre style={{ whiteSpace: 'pre-wrap' }}>{one.text}</pre>
          </details>
          <Button size="compact-xs" variant="default" onClick={() => onTake(one.text)}>
            {t('knowledge.take')}
          </Button>
        </li>
      ))}
    </ul>
  )
}
