import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import type { components } from '@/api/generated/schema'
import { said, written } from '@/features/reports/figures'
import { currentLocale } from '@/i18n'
import { Loading, Trouble } from '@/ui/pieces'
import { besides } from './own'

type Figures = components['schemas']['OwnFigures']
const SPANS = ['day', 'week', 'month'] as const
type Span = (typeof SPANS)[number]

function useOwnFigures(span: Span) {
  return useQuery({
    queryKey: ['reports', 'own', span],
    queryFn: () => must(client.GET('/api/reports/own', { params: { query: { span } } })),
    refetchInterval: 60_000,
  })
}

/** My row of the agents' report for today, this week or this month, beside the median of the others. */
export function OwnFigures() {
  const { t } = useTranslation()
  const [span, setSpan] = useState<Span>('week')
  const own = useOwnFigures(span)
  return (
    <section className="k-own" aria-label={t('own.title')} data-testid="own-figures">
      <h3>{t('own.title')}</h3>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t('own.span')}
        value={span}
        onChange={(value) => setSpan(value)}
        data={SPANS.map((value) => ({ value, label: t(`own.spans.${value}`) }))}
      />
      {own.isPending ? (
        <Loading />
      ) : own.data ? (
        <Rows own={own.data} />
      ) : (
        <Trouble error={own.error} retry={() => void own.refetch()} />
      )}
    </section>
  )
}

function Rows({ own }: { own: Figures }) {
  const { t } = useTranslation()
  const locale = currentLocale()
  return (
    <>
      <table className="k-table k-peers">
        <thead>
          <tr>
            <th>{t('own.figure')}</th>
            <th className="k-right">{t('own.mine')}</th>
            <th className="k-right">{t('own.peers')}</th>
          </tr>
        </thead>
        <tbody>
          {besides(own.figures).map((one) => (
            <tr key={one.id}>
              <td title={said(one.note, locale) || undefined}>{said(one.title, locale)}</td>
              <td className="k-right k-num">{written(one.mine, one.kind, locale)}</td>
              <td className="k-right k-num k-quiet">{written(one.peers, one.kind, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="k-quiet">{own.peers < 2 ? t('own.few') : t('own.of', { count: own.peers })}</p>
    </>
  )
}
