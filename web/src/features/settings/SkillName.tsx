import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import { Problem } from '@/api/problem'
import { Modal } from '@/ui/Modal'
import { Trouble } from '@/ui/pieces'
import { refreshSettings, useRows } from './entity'
import { TextField } from './fields'
import { lists, useNames } from './kinds'
import { shortName } from './names'
import { useNameSkill } from './skill'

/** What a skill is called; `id` "" is a new one. One that nobody has and no queue asks for can be let go. */
export function SkillName({ id, needed, onClose }: { id: string; needed: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const { skills } = useNames()
  const row = useRows('skills', lists.skills).data?.find((skill) => skill.id === id)
  const [name, setName] = useState(id ? (skills[id] ?? '') : '')
  const naming = useNameSkill()
  const letGo = useMutation({
    mutationFn: () => must(client.DELETE('/api/skills/{id}', { params: { path: { id } } })),
    onSuccess: () => {
      refreshSettings()
      onClose()
    },
  })
  const key = id || shortName(name, Object.keys(skills))
  const error = naming.error ?? letGo.error
  const wrong = naming.error instanceof Problem ? naming.error.fields.name : undefined
  return (
    <Modal opened onClose={onClose} title={t(id ? 'settings.skill_rename' : 'settings.skill_new')}>
      <form
        className="k-set-form"
        onSubmit={(event) => {
          event.preventDefault()
          naming.mutate({ id: key, name: name.trim(), revision: row?.revision ?? '' }, { onSuccess: onClose })
        }}
      >
        <TextField
          label={t('settings.field.name')}
          hint={key && t('settings.key_is', { key })}
          value={name}
          onChange={setName}
          wrong={wrong}
          testId="skill-name"
        />
        {error && !wrong && <Trouble error={error} />}
        <div className="k-set-actions">
          {row && !needed && (
            <Button variant="subtle" color="gray" onClick={() => letGo.mutate()} loading={letGo.isPending}>
              {t('settings.remove')}
            </Button>
          )}
          <span className="k-grow" />
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" disabled={!name.trim() || !key} loading={naming.isPending} data-testid="skill-save">
            {t('save')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
