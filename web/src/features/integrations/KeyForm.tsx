import { Button, Checkbox, NumberInput, SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '@/api/problem'
import { shortName } from '@/features/settings/names'
import { Note, Trouble } from '@/ui/pieces'
import { Drawer } from '@/ui/Drawer'
import { type Permission, useMakeKey } from './queries'
import { RIGHTS } from './rights'
import type { Once } from './ShownOnce'

interface Props {
  taken: readonly string[]
  onMade: (once: Once) => void
  onClose: () => void
}

export function KeyForm({ taken, onMade, onClose }: Props) {
  const { t } = useTranslation()
  const make = useMakeKey()
  const [kind, setKind] = useState<'program' | 'screen'>('program')
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<string>()
  const [rights, setRights] = useState<Permission[]>([])
  const [limit, setLimit] = useState(120)
  const [days, setDays] = useState<number>()
  const id = chosen ?? shortName(name, taken)
  const ready = name.trim() && id && (kind === 'screen' || rights.length > 0)
  const submit = () =>
    make.mutate(
      { id, name: name.trim(), kind, permissions: kind === 'screen' ? [] : rights, per_minute: limit, days },
      {
        onSuccess: ({ secret }) =>
          onMade(
            kind === 'screen'
              ? { text: `${location.origin}/screen#${secret}`, words: 'apikeys.once_screen' }
              : { text: secret, words: 'apikeys.once_key' },
          ),
      },
    )
  const clash = make.error instanceof Problem && make.error.code === 'name_taken' ? make.error.message : undefined
  return (
    <Drawer opened onClose={onClose} title={t('apikeys.new')} size={440}>
      <form
        className="k-column"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <SegmentedControl
          aria-label={t('apikeys.kind')}
          value={kind}
          onChange={(value) => setKind(value)}
          data={(['program', 'screen'] as const).map((value) => ({ value, label: t(`apikeys.kind_of.${value}`) }))}
        />
        <TextInput
          label={t('apikeys.name')}
          required
          maxLength={100}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-testid="key-name"
        />
        <TextInput
          label={t('apikeys.id')}
          description={t('apikeys.id_hint')}
          error={clash}
          maxLength={40}
          value={id}
          onChange={(event) => setChosen(event.currentTarget.value.toLowerCase().replace(/[^a-z0-9_-]/g, ''))}
        />
        {kind === 'screen' ? (
          <Note tone="away">{t('apikeys.rights_of_screen')}</Note>
        ) : (
          <Checkbox.Group
            label={t('apikeys.rights')}
            description={t('apikeys.rights_hint')}
            value={rights}
            onChange={(value) => setRights(value)}
          >
            <div className="k-column" style={{ gap: 5, marginTop: 8 }}>
              {RIGHTS.map((right) => (
                <Checkbox key={right} size="xs" value={right} label={t(`permission.${right}`)} />
              ))}
            </div>
          </Checkbox.Group>
        )}
        <NumberInput
          size="xs"
          label={t('apikeys.limit')}
          min={1}
          max={6000}
          value={limit}
          onChange={(value) => setLimit(Math.min(6000, Math.max(1, +value || 1)))}
        />
        <NumberInput
          size="xs"
          label={t('apikeys.days')}
          description={t('apikeys.days_hint')}
          min={1}
          max={3660}
          value={days ?? ''}
          onChange={(value) => setDays(+value || undefined)}
        />
        {make.error && !clash && <Trouble error={make.error} />}
        <div className="k-form-actions">
          <Button type="submit" fullWidth disabled={!ready} loading={make.isPending} data-testid="key-make">
            {t('apikeys.make')}
          </Button>
        </div>
      </form>
    </Drawer>
  )
}
