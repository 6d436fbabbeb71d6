import { Button, Checkbox, Group, SegmentedControl, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Trouble } from '@/ui/pieces'
import { type CustomerCard, useCardWork } from './queries'
import { parseTags } from './search'

/** What is written on a card; saved together, only what was changed. */
export function Fields({ card, writable }: { card: CustomerCard; writable: boolean }) {
  const { t } = useTranslation()
  const { edit } = useCardWork(card.id)
  const [name, setName] = useState(card.name)
  const [position, setPosition] = useState(card.position)
  const [tags, setTags] = useState(card.tags.join(', '))
  const [vip, setVip] = useState(card.vip)
  const [language, setLanguage] = useState(card.language)
  const changed = {
    ...(name.trim() !== card.name && { name: name.trim() }),
    ...(position.trim() !== card.position && { position: position.trim() }),
    ...(parseTags(tags).join() !== card.tags.join() && { tags: parseTags(tags) }),
    ...(vip !== card.vip && { vip }),
    ...(language !== card.language && { language }),
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    edit.mutate(changed)
  }
  return (
    <form onSubmit={submit} className="k-form" data-testid="customer-fields">
      <h3 className="k-subtitle">{t('customers.about')}</h3>
      <TextInput
        label={t('customers.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={200}
        readOnly={!writable}
        data-testid="customer-edit-name"
      />
      {card.company_name && <TextInput label={t('customers.company')} value={card.company_name} readOnly />}
      {card.kind === 'person' && (
        <TextInput
          label={t('customers.position')}
          value={position}
          onChange={(event) => setPosition(event.currentTarget.value)}
          maxLength={200}
          readOnly={!writable}
        />
      )}
      <TextInput
        label={t('customers.tags')}
        description={t('customers.tags_rule')}
        value={tags}
        onChange={(event) => setTags(event.currentTarget.value)}
        readOnly={!writable}
        data-testid="customer-edit-tags"
      />
      <div>
        <div className="k-label">{t('customers.language')}</div>
        <SegmentedControl
          aria-label={t('customers.language')}
          value={language}
          onChange={setLanguage}
          disabled={!writable}
          data={[
            { value: '', label: t('customers.language_unknown') },
            { value: 'ru', label: 'Русский' },
            { value: 'en', label: 'English' },
            ...(['', 'ru', 'en'].includes(card.language) ? [] : [{ value: card.language, label: card.language }]),
          ]}
        />
      </div>
      <Checkbox
        label={t('customers.vip_long')}
        checked={vip}
        onChange={(event) => setVip(event.currentTarget.checked)}
        disabled={!writable}
      />
      {edit.error && <Trouble error={edit.error} />}
      {writable && (
        <Group justify="flex-end">
          <Button
            type="submit"
            loading={edit.isPending}
            disabled={Object.keys(changed).length === 0}
            data-testid="customer-edit-save"
          >
            {t('save')}
          </Button>
        </Group>
      )}
    </form>
  )
}
