import { Button } from '@mantine/core'
import { IconThumbDown, IconThumbUp } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { seconds } from '@/api/types'
import { Chip, Loading, Moment, Trouble } from '@/ui/pieces'
import { useArticle, useVote } from './queries'
import './knowledge.css'

const Words = lazy(() => import('./Words'))

/** One article, and whether it helped. */
export function Reading({ id, compact }: { id: string; compact?: boolean }) {
  const { t } = useTranslation()
  const article = useArticle(id)
  const vote = useVote(id)
  if (article.error) return <Trouble error={article.error} retry={() => void article.refetch()} />
  if (!article.data) return <Loading />
  const { title, folder, tags, text, changed_at, changed_by_name, my_vote, archived } = article.data
  return (
    <article data-testid="article" data-article={id}>
      <h2 className={compact ? 'k-article-title' : 'k-article-title k-article-big'}>{title}</h2>
      <div className="k-quiet">
        {[folder, tags.join(', ')].filter(Boolean).join(' · ')} {archived && <Chip>{t('knowledge.archived')}</Chip>}
      </div>
      <Suspense fallback={<Loading />}>
        <Words text={text} />
      </Suspense>
      <div className="k-article-foot">
        <span className="k-quiet">{t('knowledge.helped')}</span>
        {([true, false] as const).map((useful) => (
          <Button
            key={String(useful)}
            size="compact-xs"
            variant={my_vote === useful ? 'filled' : 'default'}
            aria-pressed={my_vote === useful}
            leftSection={useful ? <IconThumbUp size={13} /> : <IconThumbDown size={13} />}
            onClick={() => vote.mutate(useful)}
            data-testid={useful ? 'vote-yes' : 'vote-no'}
          >
            {t(useful ? 'knowledge.yes' : 'knowledge.no')}
          </Button>
        ))}
        <span className="k-grow" />
        <span className="k-quiet">
          {changed_by_name}, <Moment at={seconds(changed_at)} />
        </span>
      </div>
      {vote.error && <Trouble error={vote.error} />}
    </article>
  )
}
