import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import { seconds } from '@/api/types'
import { duration } from '@/ui/format'
import { Empty, Loading, Moment, Number as Phone, Panel, Trouble } from '@/ui/pieces'

/** The proofs of what was deleted, the latest first. */
export function Proofs() {
  const { t, i18n } = useTranslation()
  const pages = useInfiniteQuery({
    queryKey: ['recordings', 'deletions'],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      must(client.GET('/api/recordings/deletions', { params: { query: { cursor: pageParam } } })),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  })
  const rows = pages.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Panel
      title={t('keeping.proofs')}
      flush
      testId="proofs"
      aside={
        rows.length > 0 && (
          <Button
            component="a"
            href="/api/recordings/deletions.csv"
            download
            variant="default"
            size="compact-sm"
            leftSection={<IconDownload size={14} />}
          >
            {t('keeping.export')}
          </Button>
        )
      }
    >
      {pages.error && !pages.data && <Trouble error={pages.error} retry={() => void pages.refetch()} />}
      {pages.isPending && <Loading />}
      {pages.data && rows.length === 0 && (
        <Empty title={t('keeping.proofs_none')}>{t('keeping.proofs_none_hint')}</Empty>
      )}
      {rows.length > 0 && (
        <ul className="k-set-list">
          {rows.map((row) => (
            <li key={row.contact} className="k-rules-stop" data-testid="proof">
              <span>
                {row.deleted_at ? <Moment at={seconds(row.deleted_at)} /> : t('keeping.not_yet')} ·{' '}
                <Link to="/journal" search={{ open: row.contact }} className="k-link">
                  <Phone of={row.name} />
                </Link>
              </span>
              <span>
                {t('keeping.rule', { rule: row.rule })} · {t('keeping.length', { time: duration(row.seconds) })} ·{' '}
                {t('keeping.size', { size: Math.ceil(row.size / 1024).toLocaleString(i18n.language) })}
              </span>
              <code className="k-quiet k-rules-hash">{row.sha256}</code>
            </li>
          ))}
          {pages.hasNextPage && (
            <li className="k-rules-stop">
              <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
                {t('keeping.more')}
              </Button>
            </li>
          )}
        </ul>
      )}
    </Panel>
  )
}
