import { Button, Group, Modal, SegmentedControl, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/problem'
import type { Person, Role } from '@/api/types'
import { Trouble } from '@/ui/pieces'
import type { Secret } from './OneTimePassword'
import { type PersonForm, useChangePerson, useCreatePerson } from './queries'
import { parseSkills, writeSkills } from './skills'

interface Props {
  person: Person | undefined
  workplace: { extension: string; skills: Record<string, number> } | undefined
  onClose: () => void
  onSecret: (secret: Secret) => void
}

export function PersonEditor({ person, workplace, onClose, onSecret }: Props) {
  const { t } = useTranslation()
  const create = useCreatePerson()
  const change = useChangePerson()
  const [name, setName] = useState(person?.name ?? '')
  const [login, setLogin] = useState(person?.login ?? '')
  const [role, setRole] = useState<Role>(person?.role ?? 'operator')
  const [locale, setLocale] = useState<'ru' | 'en'>(person?.locale ?? 'ru')
  const [extension, setExtension] = useState(workplace?.extension ?? '')
  const [skillText, setSkillText] = useState(workplace ? writeSkills(workplace.skills) : '')
  const skills = parseSkills(skillText)
  const error = create.error ?? change.error

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!skills) return
    const form: PersonForm = {
      name: name.trim(),
      login: login.trim(),
      role,
      locale,
      extension: extension.trim(),
      skills,
    }
    if (person) {
      const workplaceChanged =
        form.extension !== (workplace?.extension ?? '') || writeSkills(skills) !== writeSkills(workplace?.skills ?? {})
      change.mutate({ id: person.id, form, workplaceChanged }, { onSuccess: onClose })
      return
    }
    create.mutate(form, {
      onSuccess: ({ made, trouble }) => {
        onClose()
        onSecret({
          login: made.login,
          password: made.one_time_password,
          trouble: trouble === undefined ? undefined : `${t('people.no_workplace')} ${messageOf(trouble)}`,
        })
      },
    })
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={person ? person.name : t('people.new')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form onSubmit={submit} data-testid="person-form">
        <Stack gap="sm">
          <TextInput
            label={t('people.name')}
            value={name}
            onChange={(e) => setName(e.currentTarget.value)}
            required
            withAsterisk={false}
            data-autofocus
            data-testid="person-name"
          />
          <TextInput
            label={t('people.login')}
            description={person ? undefined : t('people.login_rule')}
            value={login}
            onChange={(e) => setLogin(e.currentTarget.value)}
            disabled={!!person}
            required
            withAsterisk={false}
            autoComplete="off"
            data-testid="person-login"
          />
          <Choice
            label={t('people.role')}
            value={role}
            onChange={(value) => setRole(value as Role)}
            options={(['operator', 'supervisor', 'administrator'] as const).map((value) => ({
              value,
              label: t(`role.${value}`),
            }))}
          />
          <Choice
            label={t('language')}
            value={locale}
            onChange={(value) => setLocale(value as 'ru' | 'en')}
            options={[
              { value: 'ru', label: 'Русский' },
              { value: 'en', label: 'English' },
            ]}
          />
          <TextInput
            label={t('people.extension')}
            description={t('people.extension_rule')}
            value={extension}
            onChange={(e) => setExtension(e.currentTarget.value)}
            pattern="[1-9][0-9]{1,5}"
            inputMode="numeric"
            data-testid="person-extension"
          />
          <TextInput
            label={t('people.skills')}
            description={t('people.skills_rule')}
            value={skillText}
            onChange={(e) => setSkillText(e.currentTarget.value)}
            error={skills ? undefined : t('people.skills_wrong')}
            disabled={!extension}
            data-testid="person-skills"
          />
          {error && <Trouble error={error} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={create.isPending || change.isPending} data-testid="person-save">
              {t(person ? 'save' : 'people.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

interface ChoiceProps {
  label: string
  value: string
  onChange: (value: string) => void
  options: { value: string; label: string }[]
}

function Choice({ label, value, onChange, options }: ChoiceProps) {
  return (
    <div>
      <div className="k-label">{label}</div>
      <SegmentedControl fullWidth aria-label={label} value={value} onChange={onChange} data={options} />
    </div>
  )
}
