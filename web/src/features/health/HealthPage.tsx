import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { unreachable } from '@/api/problem'
import type { Health } from '@/api/types'
import { told } from './told'
import { Chip, Loading, Note, Panel, Trouble } from '@/ui/pieces'

/** An unhealthy answer (503) is an answer too: its parts are what we came for. */
async function readHealth(): Promise<Health> {
  const response = await fetch('/health').catch(() => {
    throw unreachable()
  })
  return (await response.json()) as Health
}

export function HealthPage() {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery({ queryKey: ['health'], queryFn: readHealth, refetchInterval: 3_000 })
  if (error) return <Trouble error={error} retry={() => void refetch()} />
  if (!data) return <Loading />
  const parts = Object.entries(data.parts)
  return (
    <div className="k-column" style={{ maxWidth: 860 }} data-testid="health" data-ok={data.ok}>
      <h1 className="k-hidden">{t('nav.health')}</h1>
      <Note tone={data.ok ? 'good' : 'bad'}>{t(data.ok ? 'health.ok' : 'health.trouble')}</Note>
      <Panel title={t('health.parts')} flush>
        <table className="k-table k-wrapping">
          <tbody>
            {parts.map(([name, part]) => (
              <tr key={name} data-testid="health-part" data-part={name} data-ok={part.ok}>
                <td>{t(`part.${name}`, name)}</td>
                <td style={{ width: 120 }}>
                  <Chip tone={part.ok ? 'good' : 'bad'}>{t(part.ok ? 'health.works' : 'health.does_not')}</Chip>
                </td>
                <td className="k-quiet">{part.detail && told(t, part.detail)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
    </div>
  )
}
