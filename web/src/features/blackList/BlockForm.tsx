import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import { DateField } from '@/ui/DateField'
import { Trouble } from '@/ui/pieces'
import { Drawer } from '@/ui/Drawer'
import { useBlock } from './queries'

/** A number, or a beginning of numbers, that shall not get through. */
export function BlockForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const block = useBlock()
  const prompts = useQuery({ queryKey: ['settings', 'prompts'], queryFn: () => must(client.GET('/api/prompts')) })
  const [number, setNumber] = useState('')
  const [beginning, setBeginning] = useState(false)
  const [reason, setReason] = useState('')
  const [day, setDay] = useState('')
  const [prompt, setPrompt] = useState('')
  const submit = () =>
    block.mutate(
      { number, beginning, reason: reason.trim(), prompt, until: day ? dayAfter(day) : null },
      { onSuccess: onClose },
    )
  return (
    <Drawer opened onClose={onClose} title={t('blacklist.new')} size={440}>
      <form
        className="k-column"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <TextInput
          label={t('blacklist.number')}
          description={beginning ? t('blacklist.beginning_hint') : t('blacklist.number_hint')}
          required
          maxLength={40}
          data-autofocus
          autoComplete="off"
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
          data-testid="block-number"
        />
        <Checkbox
          size="xs"
          label={t('blacklist.beginning')}
          checked={beginning}
          onChange={(event) => setBeginning(event.currentTarget.checked)}
        />
        <TextInput
          label={t('blacklist.reason')}
          description={t('blacklist.reason_hint')}
          required
          maxLength={100}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-testid="block-reason"
        />
        <DateField
          label={t('blacklist.until')}
          description={t('blacklist.until_hint')}
          min={today()}
          value={day}
          onChange={setDay}
        />
        <Select
          label={t('blacklist.prompt')}
          value={prompt}
          allowDeselect={false}
          data={[
            { value: '', label: t('blacklist.usual') },
            ...(prompts.data ?? [])
              .filter((one) => one.origin !== 'own' && one.origin !== 'missing')
              .map((one) => ({ value: one.name, label: one.title || one.name })),
          ]}
          onChange={(value) => setPrompt(value ?? '')}
        />
        {block.error && <Trouble error={block.error} />}
        <Button
          type="submit"
          disabled={number.trim().length < 2 || !reason.trim()}
          loading={block.isPending}
          data-testid="block-add"
        >
          {t('blacklist.add')}
        </Button>
      </form>
    </Drawer>
  )
}

function today(): string {
  const now = new Date()
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
}

/** The moment at which the day is over, here. */
function dayAfter(day: string): string {
  const end = new Date(`${day}T00:00:00`)
  end.setDate(end.getDate() + 1)
  return end.toISOString()
}
