import { ActionIcon, Button, Select } from '@mantine/core'
import { IconArrowUp, IconPlus, IconX } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PlayButton } from './PlayButton'
import { PromptMaker } from './PromptMaker'
import { usePrompts } from './queries'

interface Props {
  label: string
  value: readonly string[]
  onChange: (value: string[]) => void
}

/** What is said: recordings one after another; choose, listen, make a new one. */
export function PromptsField({ label, value, onChange }: Props) {
  const { t } = useTranslation()
  const { data, titles } = usePrompts()
  const [making, setMaking] = useState(false)
  const options = useMemo(() => {
    const own = (data ?? []).filter((prompt) => prompt.origin === 'own')
    const mine = (data ?? []).filter((prompt) => prompt.origin !== 'own')
    const items = (prompts: typeof own) => prompts.map((prompt) => ({ value: prompt.name, label: prompt.title }))
    return [
      ...(mine.length > 0 ? [{ group: t('prm.mine'), items: items(mine) }] : []),
      { group: t('prm.own_only'), items: items(own) },
    ]
  }, [data, t])
  const up = (index: number) => {
    const moved = [...value]
    const [one] = moved.splice(index, 1)
    if (one !== undefined) moved.splice(index - 1, 0, one)
    onChange(moved)
  }
  return (
    <div role="group" aria-label={label}>
      <div className="k-label">{label}</div>
      {value.map((prompt, index) => {
        const title = titles.get(prompt) ?? prompt
        return (
          <div key={`${prompt} ${index}`} className="k-prompt" data-testid="prompt-chosen">
            <PlayButton name={prompt} title={title} />
            <span className="k-grow" title={title}>
              {title}
            </span>
            {index > 0 && (
              <ActionIcon size="sm" aria-label={t('edit.up')} onClick={() => up(index)}>
                <IconArrowUp size={13} />
              </ActionIcon>
            )}
            <ActionIcon
              size="sm"
              aria-label={t('edit.take_off')}
              onClick={() => onChange(value.filter((_, at) => at !== index))}
            >
              <IconX size={13} />
            </ActionIcon>
          </div>
        )
      })}
      <div className="k-condition-row">
        <Select
          className="k-grow"
          aria-label={t('prm.add')}
          placeholder={t('prm.add')}
          data={options}
          value={null}
          searchable
          maxDropdownHeight={320}
          onChange={(chosen) => chosen && onChange([...value, chosen])}
          data-testid="prompt-add"
        />
        <Button
          variant="default"
          leftSection={<IconPlus size={13} />}
          onClick={() => setMaking(true)}
          data-testid="prompt-new"
        >
          {t('prm.new')}
        </Button>
      </div>
      {making && <PromptMaker onClose={() => setMaking(false)} onMade={(made) => onChange([...value, made.name])} />}
    </div>
  )
}
