import { ActionIcon, Button, Group, NumberInput, Select, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '@/features/session/session'
import { currentLocale } from '@/i18n'
import { decimalMark } from '@/ui/format'
import { useDirectory } from '@/ui/names'
import { Loading, Note, Trouble } from '@/ui/pieces'
import { Modal } from '@/ui/Modal'
import { type Settings, useSaveSettings, useSettings, type Worth } from './queries'

/** What a lost contact costs, by project and number. */
export function Worths({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const kept = useSettings()
  return (
    <Modal opened={opened} onClose={onClose} title={t('insights.worth')} size={880}>
      {kept.error && <Trouble error={kept.error} retry={() => void kept.refetch()} />}
      {kept.isPending && <Loading />}
      {kept.data && <Editor key={JSON.stringify(kept.data)} kept={kept.data} onDone={onClose} />}
    </Modal>
  )
}

const numeric = (value: string | number) => (value === '' ? null : Number(value))

function Editor({ kept, onDone }: { kept: Settings; onDone: () => void }) {
  const { t } = useTranslation()
  const writable = useMay()('configure')
  const { projects } = useDirectory()
  const save = useSaveSettings()
  const [currency, setCurrency] = useState(kept.currency ?? '₽')
  const [rows, setRows] = useState<Worth[]>(kept.worths?.length ? kept.worths : [{ project: '', number: '' }])
  const change = (place: number, part: Partial<Worth>) =>
    setRows((now) => now.map((row, index) => (index === place ? { ...row, ...part } : row)))
  const complete = rows.every((row) => row.per_lost != null || (row.conversion != null && row.margin != null))
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ currency, worths: rows }, { onSuccess: onDone })
      }}
    >
      <Note tone="away">{t('insights.worth_rule')}</Note>
      <TextInput
        label={t('insights.currency')}
        value={currency}
        onChange={(event) => setCurrency(event.currentTarget.value)}
        maxLength={8}
        w={90}
        my={10}
        readOnly={!writable}
      />
      {rows.map((row, index) => (
        <div className="k-worth" key={index}>
          <Select
            label={index === 0 ? t('insights.project') : undefined}
            aria-label={t('insights.project')}
            placeholder={t('insights.any')}
            data={Object.entries(projects).map(([value, label]) => ({ value, label }))}
            value={row.project || null}
            onChange={(value) => change(index, { project: value ?? '' })}
            clearable
          />
          <TextInput
            label={index === 0 ? t('insights.number') : undefined}
            aria-label={t('insights.number')}
            placeholder={t('insights.any')}
            value={row.number ?? ''}
            onChange={(event) => change(index, { number: event.currentTarget.value.replace(/[^+\d]/g, '') })}
          />
          <NumberInput
            size="xs"
            label={index === 0 ? t('insights.conversion') : undefined}
            aria-label={t('insights.conversion')}
            min={0}
            max={100}
            suffix=" %"
            decimalSeparator={decimalMark(currentLocale())}
            value={row.conversion == null ? '' : Math.round(row.conversion * 10000) / 100}
            onChange={(value) => change(index, { conversion: value === '' ? null : Number(value) / 100 })}
          />
          <NumberInput
            size="xs"
            label={index === 0 ? t('insights.margin') : undefined}
            aria-label={t('insights.margin')}
            min={0}
            value={row.margin ?? ''}
            onChange={(value) => change(index, { margin: numeric(value) })}
          />
          <NumberInput
            size="xs"
            label={index === 0 ? t('insights.per_lost') : undefined}
            aria-label={t('insights.per_lost')}
            placeholder={
              row.conversion != null && row.margin != null ? String(Math.round(row.conversion * row.margin)) : ''
            }
            min={0}
            value={row.per_lost ?? ''}
            onChange={(value) => change(index, { per_lost: numeric(value) })}
            data-testid="per-lost"
          />
          <ActionIcon
            aria-label={t('insights.remove')}
            onClick={() => setRows((now) => now.filter((_, at) => at !== index))}
          >
            <IconX size={15} />
          </ActionIcon>
        </div>
      ))}
      {save.error && <Trouble error={save.error} />}
      <Group justify="space-between" mt={12}>
        <Button
          variant="default"
          leftSection={<IconPlus size={14} />}
          disabled={!writable}
          onClick={() => setRows((now) => [...now, { project: '', number: '' }])}
        >
          {t('insights.add')}
        </Button>
        {writable ? (
          <Button type="submit" loading={save.isPending} disabled={!complete} data-testid="worths-save">
            {t('save')}
          </Button>
        ) : (
          <span className="k-quiet">{t('insights.admin_only')}</span>
        )}
      </Group>
    </form>
  )
}
