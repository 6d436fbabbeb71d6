import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import { seconds } from '@/api/types'
import { useNames } from '@/features/settings/kinds'
import { Empty, Loading, Moment, Number as Phone, Panel, Trouble } from '@/ui/pieces'

const EVERY = 10_000
const CLOSE = 0.8
/** of a cap: from here on it is shown as nearly reached */

/** What the caps count today, as it grows. */
export function Used() {
  const { t } = useTranslation()
  const names = useNames()
  const used = useQuery({
    queryKey: ['outgoing', 'usage'],
    queryFn: () => must(client.GET('/api/outgoing/usage')),
    refetchInterval: EVERY,
  })
  const rows = (used.data ?? []).filter((row) => row.calls || row.minutes || row.money)
  return (
    <Panel title={t('rules.used_today')} flush testId="outgoing-used">
      {used.error && !used.data && <Trouble error={used.error} retry={() => void used.refetch()} />}
      {used.isPending && <Loading />}
      {used.data && rows.length === 0 && <Empty title={t('rules.used_none')}>{t('rules.used_none_hint')}</Empty>}
      {rows.length > 0 && (
        <table className="k-table k-wrapping">
          <thead>
            <tr>
              <th>{t('rules.who')}</th>
              <th className="k-right">{t('rules.now')}</th>
              <th className="k-right">{t('rules.minutes')}</th>
              <th className="k-right">{t('rules.money')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.kind} ${row.id}`}>
                <td>
                  {row.kind === 'company'
                    ? t('rules.company')
                    : ((row.kind === 'agent' ? names.agents : names.projects)[row.id] ?? row.id)}
                </td>
                <Spent of={row.calls} cap={row.caps.calls} />
                <Spent of={row.minutes} cap={row.caps.minutes} />
                <Spent of={row.money} cap={row.caps.money} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

function Spent({ of, cap }: { of: number; cap: number }) {
  const { t, i18n } = useTranslation()
  const write = (amount: number) => amount.toLocaleString(i18n.language, { maximumFractionDigits: 1 })
  const tone = cap && of >= cap ? 'k-tone-bad' : cap && of >= cap * CLOSE ? 'k-tone-care' : ''
  return (
    <td className={`k-right k-num ${tone}`}>
      {cap ? t('rules.of_cap', { spent: write(of), cap: write(cap) }) : write(of)}
    </td>
  )
}

/** Every call that the rules did not let through, or ended. */
export function Stops() {
  const { t } = useTranslation()
  const names = useNames()
  const stops = useQuery({
    queryKey: ['outgoing', 'stops'],
    queryFn: () => must(client.GET('/api/outgoing/stops')),
    refetchInterval: EVERY,
  })
  return (
    <Panel title={t('rules.stops')} flush testId="outgoing-stops">
      {stops.error && !stops.data && <Trouble error={stops.error} retry={() => void stops.refetch()} />}
      {stops.isPending && <Loading />}
      {stops.data?.length === 0 && <Empty title={t('rules.stops_none')}>{t('rules.stops_none_hint')}</Empty>}
      {stops.data && stops.data.length > 0 && (
        <ul className="k-set-list">
          {stops.data.map((stop) => (
            <li key={`${stop.at} ${stop.contact} ${stop.number}`} className="k-rules-stop">
              <span>
                <Moment at={seconds(stop.at)} />
                {' · '}
                <strong>{stop.agent ? (names.agents[stop.agent] ?? stop.agent) : t('rules.nobody')}</strong>
              </span>
              <span>
                {stop.number && (
                  <>
                    <Phone of={stop.number} /> <span className="k-quiet">{t(`rules.direction.${stop.direction}`)}</span>
                    {' · '}
                  </>
                )}
                {t(`rules.stop.${stop.reason}`, stop.reason)}
                {stop.contact && (
                  <>
                    {' · '}
                    <Link to="/journal" search={{ open: stop.contact }} className="k-link">
                      {t('rules.look')}
                    </Link>
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
