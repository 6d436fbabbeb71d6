import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import { messageOf } from '@/api/problem'
import type { Person, Role } from '@/api/types'
import { OneTimePassword, type Secret } from '@/features/people/OneTimePassword'
import { useMe } from '@/features/session/session'
import { EntityPage } from './EntityPage'
import type { FieldsProps, Kind } from './entity'
import { CheckField, SelectField, TextField } from './fields'
import { type Levels, PickField, SkillsField } from './manyFields'
import { type AgentRow, useNames } from './kinds'
import { PersonBeside } from './PersonBeside'

/** A person and, where there is one, the workplace: saved together, each with its own revision. */
export type PersonRow = Person & { agent: AgentRow | undefined; revision: string }

interface Form {
  name: string
  login: string
  role: Role
  locale: 'ru' | 'en'
  email: string
  extension: string
  skills: Levels
  queues: string[]
  screened: boolean
}

async function list(): Promise<PersonRow[]> {
  const [people, agents] = await Promise.all([must(client.GET('/api/people')), must(client.GET('/api/agents'))])
  return people.map((person) =>
    joined(
      person,
      agents.find((agent) => agent.id === person.id),
    ),
  )
}

function joined(person: Person, agent: AgentRow | undefined): PersonRow {
  return { ...person, agent, revision: `${person.revision ?? ''}:${agent?.revision ?? ''}` }
}

async function putWorkplace(id: string, form: Form, revision: string, had: boolean): Promise<AgentRow | undefined> {
  const path = { agent: id }
  if (form.extension)
    return must(
      client.PUT('/api/agents/{agent}', {
        params: { path },
        body: {
          extension: form.extension.trim(),
          skills: form.skills,
          queues: form.queues,
          screened: form.screened,
          revision,
        },
      }),
    )
  if (had) await must(client.DELETE('/api/agents/{agent}', { params: { path } }))
  return undefined
}

/** Who may come in, as whom, where their telephone is and what they can do. */
export function People() {
  const { t } = useTranslation()
  const [secret, setSecret] = useState<Secret>()
  const kind = useMemo<Kind<PersonRow, Form>>(
    () => ({
      area: 'people',
      list,
      idOf: (row) => row.id,
      nameOf: (row) => row.name,
      hintOf: (row) => <Hint row={row} />,
      blank: () => ({
        name: '',
        login: '',
        role: 'operator',
        locale: 'ru',
        email: '',
        extension: '',
        skills: {},
        queues: [],
        screened: false,
      }),
      formOf: ({ name, login, role, locale, email, agent }) => ({
        name,
        login,
        role,
        locale,
        email: email ?? '',
        extension: agent?.extension ?? '',
        skills: agent?.skills ?? {},
        queues: agent?.queues ?? [],
        screened: agent?.screened ?? false,
      }),
      idFrom: (form) => form.login.trim() && '*person',
      save: async (id, form, revision) => {
        const { name, role, locale, email } = form
        const [ofPerson = '', ofAgent = ''] = revision.split(':')
        if (id !== '*person') {
          const path = { person_id: id }
          const saved = await must(
            client.PATCH('/api/people/{person_id}', {
              params: { path },
              body: { name, role, locale, email, revision: ofPerson },
            }),
          )
          return joined(saved, await putWorkplace(id, form, ofAgent, ofAgent !== ''))
        }
        const made = await must(client.POST('/api/people', { body: { name, login: form.login, role, locale, email } }))
        let trouble: string | undefined
        const agent = await putWorkplace(made.id, form, '', false).catch((error: unknown) => {
          trouble = `${t('people.no_workplace')} ${messageOf(error)}`
          return undefined
        })
        setSecret({ login: made.login, password: made.one_time_password, trouble })
        return joined(made, agent)
      },
      Fields,
      Beside: PersonBeside,
    }),
    [t],
  )
  return (
    <>
      <EntityPage
        kind={kind}
        title={t('settings.people')}
        hint={t('settings.people_hint')}
        newWords={t('people.new')}
      />
      <OneTimePassword secret={secret} onClose={() => setSecret(undefined)} />
    </>
  )
}

function Hint({ row }: { row: PersonRow }) {
  const { t } = useTranslation()
  const state = row.disabled ? t('people.disabled') : row.must_change_password ? t('people.not_entered') : ''
  return <>{[t(`role.${row.role}`), row.agent?.extension, state].filter(Boolean).join(' · ')}</>
}

function Fields({ form, change, wrong, id, isNew }: FieldsProps<Form>) {
  const { t } = useTranslation()
  const me = useMe()
  const names = useNames()
  return (
    <div className="k-set-fields">
      <TextField
        label={t('people.name')}
        value={form.name}
        onChange={(name) => change({ name })}
        wrong={wrong('name')}
        testId="person-name"
      />
      <TextField
        label={t('people.login')}
        hint={isNew ? t('people.login_rule') : undefined}
        value={form.login}
        onChange={(login) => change({ login })}
        wrong={wrong('login')}
        disabled={!isNew}
        testId="person-login"
      />
      <SelectField
        label={t('people.role')}
        hint={t(`settings.role_hint.${form.role}`)}
        value={form.role}
        onChange={(role) => change({ role: role as Role })}
        options={Object.fromEntries(
          (['operator', 'supervisor', 'administrator'] as const).map((role) => [role, t(`role.${role}`)]),
        )}
        wrong={wrong('role')}
      />
      <SelectField
        label={t('language')}
        value={form.locale}
        onChange={(locale) => change({ locale: locale as 'ru' | 'en' })}
        options={{ ru: 'Русский', en: 'English' }}
      />
      <TextField
        label={t('people.email')}
        hint={t('people.email_rule')}
        value={form.email}
        onChange={(email) => change({ email })}
        wrong={wrong('email') && t('people.email_wrong')}
        testId="person-email"
      />
      <TextField
        label={t('people.extension')}
        hint={t(id === me.id ? 'settings.extension_me' : 'people.extension_rule')}
        value={form.extension}
        onChange={(extension) => change({ extension })}
        wrong={wrong('extension')}
        testId="person-extension"
      />
      {form.extension && (
        <>
          <SkillsField
            label={t('people.skills')}
            hint={t('settings.skills_rule')}
            value={form.skills}
            onChange={(skills) => change({ skills })}
            known={names.skills}
            wrong={wrong('skills')}
            testId="person-skills"
          />
          <PickField
            label={t('settings.field.queues')}
            hint={t('settings.queues_order_hint')}
            value={form.queues}
            onChange={(queues) => change({ queues })}
            options={names.queues}
            ordered
            wrong={wrong('queues')}
          />
          <CheckField
            label={t('settings.screened')}
            hint={t('settings.screened_hint')}
            value={form.screened}
            onChange={(screened) => change({ screened })}
            testId="person-screened"
          />
        </>
      )}
    </div>
  )
}
