import { Button, NumberInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import type { components } from '@/api/generated/schema'
import { useNumbers } from '@/features/colander/money'
import { useSettings } from '@/features/colander/queries'
import { WithSections } from '@/features/reports/Sections'
import { currentLocale } from '@/i18n'
import { decimal, decimalMark, thousands } from '@/ui/format'
import { Loading, Note, Panel, Trouble } from '@/ui/pieces'
import '@/features/audits/audits.css'

type Answer = components['schemas']['CalculatorAnswer']
type Assumed = Record<string, number>

const SHARES = new Set([
  'service_level',
  'busy_hours',
  'busy_contacts',
  'contributions',
  'absence',
  'shrinkage',
  'turnover',
  'coordination',
  'lost_inhouse',
  'lost_outsourced',
])
const MONEY = new Set([
  'salary',
  'supervisor_salary',
  'seat',
  'hire',
  'minute_line',
  'minute_outsourced',
  'contact_outsourced',
  'fee_outsourced',
  'price_per_lost',
])
const GROUPS = {
  demand: [
    'contacts',
    'handling_s',
    'talk_s',
    'open_hours',
    'busy_hours',
    'busy_contacts',
    'patience_s',
    'target_s',
    'service_level',
  ],
  inhouse: [
    'salary',
    'contributions',
    'paid_hours',
    'absence',
    'shrinkage',
    'agents_per_supervisor',
    'supervisor_salary',
    'seat',
    'turnover',
    'hire',
    'minute_line',
    'lost_inhouse',
  ],
  outsourced: [
    'minute_outsourced',
    'contact_outsourced',
    'fee_outsourced',
    'coordination',
    'lost_outsourced',
    'price_per_lost',
  ],
} as const

/** In-house or outsourced: every assumption on the screen, and what each way costs a month. */
export function Calculator() {
  const { t } = useTranslation()
  const [given, setGiven] = useState<Assumed>({})
  const [asked] = useDebouncedValue(given, 350)
  const found = useQuery({
    queryKey: ['calculator', asked],
    queryFn: () => must(client.POST('/api/calculator', { body: asked as never })),
    placeholderData: keepPreviousData,
  })
  const usual: Assumed = found.data?.assumptions ?? {}
  const currency = useSettings().data?.currency ?? '₽'
  return (
    <WithSections>
      <h1 className="k-hidden">{t('sections.calculator')}</h1>
      {found.error && <Trouble error={found.error} />}
      {!found.data && !found.error && <Loading />}
      {found.data && (
        <div className="k-calculator">
          <div className="k-column">
            {Object.entries(GROUPS).map(([group, names]) => (
              <Panel key={group} title={t(`insights.group.${group}`)}>
                <div className="k-assumptions">
                  {names.map((name) => (
                    <Assumption
                      key={name}
                      name={name}
                      currency={currency}
                      value={given[name] ?? usual[name] ?? 0}
                      onChange={(value) => setGiven((now) => ({ ...now, [name]: value }))}
                    />
                  ))}
                </div>
              </Panel>
            ))}
          </div>
          <Comparison
            answer={found.data}
            currency={currency}
            onReset={() => setGiven({})}
            changed={Object.keys(given).length > 0}
          />
        </div>
      )}
    </WithSections>
  )
}

interface AssumptionProps {
  name: string
  currency: string
  value: number
  onChange: (value: number) => void
}

function Assumption({ name, currency, value, onChange }: AssumptionProps) {
  const { t } = useTranslation()
  const percent = SHARES.has(name)
  return (
    <NumberInput
      size="xs"
      label={t(`insights.assumed.${name}`)}
      value={percent ? Math.round(value * 1000) / 10 : value}
      onChange={(next) => next !== '' && onChange(percent ? Number(next) / 100 : Number(next))}
      min={0}
      suffix={percent ? ' %' : MONEY.has(name) ? ` ${currency}` : undefined}
      thousandSeparator={thousands(currentLocale())}
      decimalSeparator={decimalMark(currentLocale())}
      data-testid={`assumed-${name}`}
    />
  )
}

interface ComparisonProps {
  answer: Answer
  currency: string
  onReset: () => void
  changed: boolean
}

function Comparison({ answer, currency, onReset, changed }: ComparisonProps) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const total = (parts: Answer['inhouse']) => parts.reduce((sum, part) => sum + part.money, 0)
  const [inside, outside] = [total(answer.inhouse), total(answer.outsourced)]
  const verdict = inside < outside ? 'insights.inhouse_cheaper' : 'insights.outsourced_cheaper'
  return (
    <div className="k-column" data-testid="comparison">
      <Note tone="work">
        <strong>{t(verdict, { money: numbers.money(Math.abs(inside - outside), currency) })}</strong>
        <br />
        {answer.break_even === null
          ? t('insights.no_break_even')
          : t('insights.break_even', { contacts: numbers.count(answer.break_even) })}
      </Note>
      {(
        [
          ['inhouse', answer.inhouse, inside],
          ['outsourced', answer.outsourced, outside],
        ] as const
      ).map(([way, parts, sum]) => (
        <Panel
          key={way}
          title={t(`insights.group.${way}`)}
          aside={<strong className="k-num">{numbers.money(sum, currency)}</strong>}
          flush
        >
          <table className="k-table">
            <tbody>
              {parts.map((part) => (
                <tr key={part.name}>
                  <td>{t(`insights.cost.${part.name}`)}</td>
                  <td style={{ width: '40%' }}>
                    <div
                      className="k-cost"
                      style={{ width: `${(100 * part.money) / Math.max(inside, outside, 1)}%` }}
                    />
                  </td>
                  <td className="k-right k-num">{numbers.money(part.money, currency)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Panel>
      ))}
      <p className="k-hint">
        {t('insights.needed', {
          busy: answer.busy_agents,
          quiet: answer.quiet_agents,
          people: decimal(answer.people, currentLocale()),
        })}
      </p>
      {changed && (
        <div>
          <Button variant="default" onClick={onReset}>
            {t('insights.usual')}
          </Button>
        </div>
      )}
    </div>
  )
}
