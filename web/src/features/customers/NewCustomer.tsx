import { Button, Group, SegmentedControl, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Trouble } from '@/ui/pieces'
import { Modal } from '@/ui/Modal'
import { useMakeCustomer } from './queries'

interface Props {
  onClose: () => void
  onMade: (id: string) => void
}

/** A card by hand: for somebody who has not called yet. */
export function NewCustomer({ onClose, onMade }: Props) {
  const { t } = useTranslation()
  const make = useMakeCustomer()
  const [kind, setKind] = useState<'person' | 'company'>('person')
  const [name, setName] = useState('')
  const [phone, setPhone] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const identities = phone.trim() ? [{ kind: 'phone' as const, value: phone.trim() }] : []
    make.mutate(
      { kind, name: name.trim(), identities },
      {
        onSuccess: (card) => {
          onClose()
          onMade(card.id)
        },
      },
    )
  }
  return (
    <Modal opened onClose={onClose} title={t('customers.new')}>
      <form onSubmit={submit} data-testid="customer-form">
        <Stack gap="sm">
          <SegmentedControl
            aria-label={t('customers.kind')}
            value={kind}
            onChange={setKind}
            data={(['person', 'company'] as const).map((value) => ({ value, label: t(`customers.kinds.${value}`) }))}
          />
          <TextInput
            label={t('customers.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={200}
            required
            withAsterisk={false}
            data-autofocus
            data-testid="customer-name"
          />
          <TextInput
            label={t('customers.phone')}
            value={phone}
            onChange={(event) => setPhone(event.currentTarget.value)}
            maxLength={60}
            inputMode="tel"
            data-testid="customer-phone"
          />
          {make.error && <Trouble error={make.error} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={make.isPending} disabled={!name.trim()} data-testid="customer-save">
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
