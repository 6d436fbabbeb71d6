import { useTranslation } from 'react-i18next'
import { seconds } from '@/api/types'
import { DeliveryState } from '@/ui/DeliveryState'
import { Moment, Panel, Trouble } from '@/ui/pieces'
import { useDeliveries } from './queries'

/** The newest letters and calls: delivered, on their way, or given up and why. */
export function Deliveries() {
  const { t } = useTranslation()
  const { data, error, refetch } = useDeliveries()
  return (
    <Panel title={t('alerts.sent')} flush testId="deliveries">
      {error ? (
        <Trouble error={error} retry={() => void refetch()} />
      ) : !data?.length ? (
        <p className="k-hint" style={{ margin: '10px 12px' }}>
          {t('alerts.sent_none')}
        </p>
      ) : (
        <table className="k-table">
          <thead>
            <tr>
              <th>{t('alerts.at')}</th>
              <th>{t('alerts.to')}</th>
              <th>{t('alerts.what')}</th>
              <th>{t('alerts.state')}</th>
              <th className="k-right">{t('alerts.tries')}</th>
            </tr>
          </thead>
          <tbody>
            {data.map((one) => (
              <tr key={one.id}>
                <td>
                  <Moment at={seconds(one.made_at)} />
                </td>
                <td className="k-cut">{one.target}</td>
                <td>{t(one.what === 'raised' ? 'alerts.raised' : 'alerts.cleared')}</td>
                <td className="k-cut">
                  <DeliveryState of={one} words="alerts" />
                </td>
                <td className="k-right k-num">{one.tries}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}
