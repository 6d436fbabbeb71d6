import { ActionIcon, Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDots, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/problem'
import type { Person } from '@/api/types'
import { useMe } from '@/features/session/session'
import { Chip, Loading, Panel, Trouble } from '@/ui/pieces'
import { OneTimePassword, type Secret } from './OneTimePassword'
import { PersonEditor } from './PersonEditor'
import { useDisable, usePeople, useResetPassword, useWorkplaces } from './queries'
import { writeSkills } from './skills'

/** Who may come in, as whom, and where their telephone is. */
export function People() {
  const { t } = useTranslation()
  const people = usePeople()
  const workplaces = useWorkplaces()
  const [editing, setEditing] = useState<Person | 'new'>()
  const [secret, setSecret] = useState<Secret>()
  if (people.error) return <Trouble error={people.error} retry={() => void people.refetch()} />
  if (!people.data) return <Loading />
  const rows = [...people.data].sort((a, b) => Number(a.disabled) - Number(b.disabled) || a.name.localeCompare(b.name))
  return (
    <div className="k-column">
      <h1 className="k-hidden">{t('nav.people')}</h1>
      <Panel
        title={t('people.title', { count: rows.length })}
        flush
        className="k-grow"
        aside={
          <Button leftSection={<IconPlus size={14} />} onClick={() => setEditing('new')} data-testid="person-new">
            {t('people.new')}
          </Button>
        }
      >
        <table className="k-table">
          <thead>
            <tr>
              <th>{t('people.name')}</th>
              <th>{t('people.login')}</th>
              <th>{t('people.role')}</th>
              <th>{t('people.extension')}</th>
              <th>{t('people.skills')}</th>
              <th>{t('people.state')}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {rows.map((person) => {
              const workplace = workplaces.data?.get(person.id)
              return (
                <tr key={person.id} data-testid="person-row" data-login={person.login}>
                  <td>
                    <button type="button" className="k-link" onClick={() => setEditing(person)}>
                      {person.name}
                    </button>
                  </td>
                  <td>{person.login}</td>
                  <td>{t(`role.${person.role}`)}</td>
                  <td className="k-num">{workplace?.extension ?? '–'}</td>
                  <td className="k-cut k-quiet">{workplace && writeSkills(workplace.skills)}</td>
                  <td>
                    {person.disabled ? (
                      <Chip>{t('people.disabled')}</Chip>
                    ) : person.must_change_password ? (
                      <Chip tone="care">{t('people.not_entered')}</Chip>
                    ) : (
                      <Chip tone="good">{t('people.active')}</Chip>
                    )}
                  </td>
                  <td className="k-right">
                    <PersonMenu person={person} onEdit={() => setEditing(person)} onSecret={setSecret} />
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </Panel>
      {editing && (
        <PersonEditor
          person={editing === 'new' ? undefined : editing}
          workplace={editing === 'new' ? undefined : workplaces.data?.get(editing.id)}
          onClose={() => setEditing(undefined)}
          onSecret={setSecret}
        />
      )}
      <OneTimePassword secret={secret} onClose={() => setSecret(undefined)} />
    </div>
  )
}

interface MenuProps {
  person: Person
  onEdit: () => void
  onSecret: (secret: Secret) => void
}

function PersonMenu({ person, onEdit, onSecret }: MenuProps) {
  const { t } = useTranslation()
  const me = useMe()
  const disable = useDisable()
  const reset = useResetPassword()
  const onError = (error: unknown) => notifications.show({ message: messageOf(error), color: 'red', autoClose: 8000 })
  const fresh = () =>
    reset.mutate(person.id, {
      onSuccess: (made) => onSecret({ login: made.login, password: made.one_time_password }),
      onError,
    })
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('people.actions', { name: person.name })}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onEdit}>{t('people.edit')}</Menu.Item>
        <Menu.Item onClick={fresh}>{t('people.reset')}</Menu.Item>
        <Menu.Item
          disabled={person.id === me.id}
          onClick={() => disable.mutate({ id: person.id, disabled: !person.disabled }, { onError })}
        >
          {t(person.disabled ? 'people.enable' : 'people.disable')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
