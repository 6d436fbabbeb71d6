import { Button, Group, MultiSelect, NumberInput, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTopics } from '@/features/journal/contacts'
import { Note, Trouble } from '@/ui/pieces'
import { Modal } from '@/ui/Modal'
import { type Choices, useChoose } from './queries'

/** The zone whose days are kept, and the tariff. */
export function ChoicesForm({ choices, onClose }: { choices: Choices; onClose: () => void }) {
  const { t } = useTranslation()
  const choose = useChoose()
  const [zone, setZone] = useState(choices.zone)
  const [tariff, setTariff] = useState({
    per_contact: String(choices.per_contact),
    per_minute: String(choices.per_minute),
    per_hour: String(choices.per_hour),
  })
  const [days, setDays] = useState(choices.return_days)
  const [sales, setSales] = useState(choices.sales)
  const [notTarget, setNotTarget] = useState(choices.not_target)
  const results = (useTopics().data?.results ?? []).map((one) => ({ value: one.id, label: one.title }))
  const recounted =
    zone.trim() !== choices.zone ||
    days !== choices.return_days ||
    sales.join() !== choices.sales.join() ||
    notTarget.join() !== choices.not_target.join()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const amount = (text: string) => Number(text.replace(',', '.')) || 0
    choose.mutate(
      {
        zone: zone.trim(),
        per_contact: amount(tariff.per_contact),
        per_minute: amount(tariff.per_minute),
        per_hour: amount(tariff.per_hour),
        return_days: days,
        sales,
        not_target: notTarget,
      },
      { onSuccess: onClose },
    )
  }
  return (
    <Modal opened onClose={onClose} title={t('reports.choices')}>
      <form onSubmit={submit} data-testid="report-choices-form">
        <Stack gap="sm">
          <TextInput
            label={t('reports.zone')}
            description={t('reports.zone_hint')}
            value={zone}
            onChange={(event) => setZone(event.currentTarget.value)}
            list="report-zones"
            required
            withAsterisk={false}
          />
          <datalist id="report-zones">
            {Intl.supportedValuesOf('timeZone').map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
          <NumberInput
            label={t('reports.return_days')}
            value={days}
            onChange={(value) => setDays(Number(value) || choices.return_days)}
            min={1}
            max={60}
            allowDecimal={false}
          />
          <MultiSelect label={t('reports.sales')} data={results} value={sales} onChange={setSales} />
          <MultiSelect label={t('reports.not_target')} data={results} value={notTarget} onChange={setNotTarget} />
          {recounted && <Note tone="care">{t('reports.zone_changes')}</Note>}
          <Group grow>
            {(['per_contact', 'per_minute', 'per_hour'] as const).map((name) => (
              <TextInput
                key={name}
                label={t(`reports.${name}`)}
                value={tariff[name]}
                onChange={(event) => {
                  const value = event.currentTarget.value
                  setTariff((before) => ({ ...before, [name]: value }))
                }}
                inputMode="decimal"
              />
            ))}
          </Group>
          {choose.error && <Trouble error={choose.error} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={choose.isPending}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
