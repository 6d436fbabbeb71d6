import { Button, Checkbox, NativeSelect } from '@mantine/core'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { seconds } from '@/api/types'
import { DeliveryState } from '@/ui/DeliveryState'
import { Empty, Moment, Panel, Trouble } from '@/ui/pieces'
import { eventWords } from './events'
import { type Hook, useHookLog, useRedeliver } from './queries'

/** What was sent, is on its way or was given up; a click on a row shows what it says. */
export function HookLog({ hooks }: { hooks: readonly Hook[] }) {
  const { t } = useTranslation()
  const [hook, setHook] = useState('')
  const [unfinished, setUnfinished] = useState(false)
  const [open, setOpen] = useState('')
  const log = useHookLog(hook, unfinished)
  const again = useRedeliver()
  const error = log.error ?? again.error
  return (
    <Panel
      title={t('hooks.log')}
      flush
      className="k-grow"
      testId="hook-log"
      aside={
        <>
          <Checkbox
            size="xs"
            label={t('hooks.unfinished')}
            checked={unfinished}
            onChange={(event) => setUnfinished(event.currentTarget.checked)}
          />
          <NativeSelect
            size="xs"
            aria-label={t('hooks.to')}
            value={hook}
            onChange={(event) => setHook(event.currentTarget.value)}
            data={[
              { value: '', label: t('hooks.log_all') },
              ...hooks.map((one) => ({ value: one.id, label: one.name })),
            ]}
          />
        </>
      }
    >
      {error && <Trouble error={error} retry={() => void log.refetch()} />}
      {log.data?.length === 0 && <Empty title={t('hooks.log_none')} />}
      {!!log.data?.length && (
        <table className="k-table">
          <thead>
            <tr>
              <th>{t('hooks.at')}</th>
              <th>{t('hooks.to')}</th>
              <th>{t('hooks.what')}</th>
              <th>{t('hooks.state')}</th>
              <th className="k-right">{t('hooks.tries')}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {log.data.map((one) => (
              <Fragment key={one.id}>
                <tr data-testid="hook-delivery">
                  <td>
                    <Moment at={seconds(one.made_at)} />
                  </td>
                  <td>{hooks.find((each) => each.id === one.webhook)?.name ?? one.webhook}</td>
                  <td>
                    <button
                      type="button"
                      className="k-link"
                      aria-expanded={open === one.id}
                      onClick={() => setOpen(open === one.id ? '' : one.id)}
                    >
                      {eventWords(t, one.event)}
                    </button>
                  </td>
                  <td className="k-cut">
                    <DeliveryState of={one} words="hooks" />
                  </td>
                  <td className="k-right k-num">{one.tries}</td>
                  <td className="k-right">
                    <Button
                      variant="default"
                      size="compact-xs"
                      loading={again.isPending && again.variables === one.id}
                      onClick={() => again.mutate(one.id)}
                      data-testid="hook-again"
                    >
                      {t('hooks.again')}
                    </Button>
                  </td>
                </tr>
                {open === one.id && (
                  <tr>
                    <td colSpan={6}>
                      <pre className="k-hook-body" aria-label={t('hooks.body')}>
                        {JSON.stringify(one.body, null, 2)}
                      </pre>
                    </td>
                  </tr>
                )}
              </Fragment>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}
