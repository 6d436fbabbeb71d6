import { Button, Checkbox } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import type { components } from '@/api/generated/schema'
import { messageOf, Problem } from '@/api/problem'
import { queries } from '@/api/queries'
import { OneTimePassword, type Secret } from '@/features/people/OneTimePassword'
import { useMe } from '@/features/session/session'
import { currentLocale } from '@/i18n'
import { Chip, Loading, Note, Trouble } from '@/ui/pieces'
import { HoursField, zones } from './Calendars'
import { refreshSettings, useRows } from './entity'
import { SelectField, TextField } from './fields'
import { lists } from './kinds'
import { bareNumber, parseHours } from './names'
import { Step } from './Step'
import { TryCall } from './TryCall'

type Steps = components['schemas']['FirstSteps']

function useSteps() {
  return useQuery({
    queryKey: ['settings', 'steps'],
    queryFn: () => must(client.GET('/api/first-steps')),
    refetchInterval: 5_000,
  })
}

function keep(steps: Steps) {
  queries.setQueryData(['settings', 'steps'], steps)
  refreshSettings()
}

/** From an empty installation to the first answered call, in four steps that may be taken again. */
export function FirstSteps() {
  const { t } = useTranslation()
  const steps = useSteps()
  if (steps.error && !steps.data) return <Trouble error={steps.error} retry={() => void steps.refetch()} />
  if (!steps.data) return <Loading />
  const { company, workplaces, test_line, published, answered } = steps.data
  const done = [company, workplaces > 0, test_line && published, answered]
  const current = done.indexOf(false)
  return (
    <div className="k-set-steps" data-testid="first-steps" data-step={current + 1}>
      <h1 style={{ margin: '6px 0 0', fontSize: 20 }}>{t('steps.title')}</h1>
      <p className="k-hint" style={{ margin: 0 }}>
        {t('steps.hint')}
      </p>
      <Step number={1} title={t('steps.company')} done={company} open={current === 0}>
        <Company steps={steps.data} />
      </Step>
      <Step number={2} title={t('steps.people')} done={workplaces > 0} open={current === 1}>
        <Colleagues />
      </Step>
      <Step number={3} title={t('steps.line')} done={test_line && published} open={current === 2}>
        <Line steps={steps.data} />
      </Step>
      <Step
        number={4}
        title={t('steps.call')}
        done={answered}
        open={current === 3 || current === -1}
        again="steps.call_again"
      >
        <TryCall ready={test_line && published} answered={answered} />
      </Step>
    </div>
  )
}

function Company({ steps }: { steps: Steps }) {
  const { t } = useTranslation()
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone
  const [name, setName] = useState(steps.company ? steps.name : '')
  const [timezone, setTimezone] = useState(here in zones() ? here : 'Europe/Moscow')
  const [days, setDays] = useState([0, 1, 2, 3, 4])
  const [hours, setHours] = useState('09:00–18:00')
  const read = parseHours(hours)
  const describe = useMutation({
    mutationFn: () =>
      must(
        client.PUT('/api/first-steps/company', {
          body: {
            name,
            timezone,
            language: currentLocale(),
            days,
            opens: read?.[0]?.[0] ?? 0,
            closes: read?.[0]?.[1] ?? 0,
          },
        }),
      ),
    onSuccess: (found) => {
      keep(found)
      void queries.invalidateQueries({ queryKey: ['session'] })
    },
  })
  const fields = describe.error instanceof Problem ? describe.error.fields : {}
  const round = () => {
    setDays([0, 1, 2, 3, 4, 5, 6])
    setHours('00:00–24:00')
  }
  return (
    <form
      className="k-set-form"
      onSubmit={(event) => {
        event.preventDefault()
        describe.mutate()
      }}
    >
      <div className="k-set-fields">
        <TextField
          label={t('steps.company_name')}
          value={name}
          onChange={setName}
          wrong={fields.name}
          testId="company-name"
        />
        <SelectField label={t('settings.field.timezone')} value={timezone} onChange={setTimezone} options={zones()} />
        <HoursField label={t('steps.hours')} value={hours} onChange={setHours} />
      </div>
      <div className="k-set-line" style={{ gap: 16 }} role="group" aria-label={t('steps.days')}>
        {[0, 1, 2, 3, 4, 5, 6].map((day) => (
          <Checkbox
            key={day}
            label={t(`settings.weekday.${day}`)}
            checked={days.includes(day)}
            onChange={(event) =>
              setDays(event.currentTarget.checked ? [...days, day].sort() : days.filter((one) => one !== day))
            }
          />
        ))}
        <Button variant="default" onClick={round} data-testid="company-round">
          {t('steps.round_the_clock')}
        </Button>
      </div>
      <p className="k-hint" style={{ margin: 0 }}>
        {t('steps.company_hint')}
      </p>
      {describe.error && <Trouble error={describe.error} />}
      <div>
        <Button
          type="submit"
          loading={describe.isPending}
          disabled={!name.trim() || read?.length !== 1 || days.length === 0}
          data-testid="company-save"
        >
          {t('steps.next')}
        </Button>
      </div>
    </form>
  )
}

function Colleagues() {
  const { t } = useTranslation()
  const me = useMe()
  const agents = useRows('agents', lists.agents).data ?? []
  const [name, setName] = useState('')
  const [login, setLogin] = useState('')
  const [secret, setSecret] = useState<Secret>()
  const mine = agents.some((agent) => agent.id === me.id)
  const taken = new Set(agents.map((agent) => agent.extension))
  const free = () => {
    let extension = 201
    while (taken.has(String(extension))) extension++
    return String(extension)
  }
  const give = (id: string) =>
    must(
      client.PUT('/api/agents/{agent}', { params: { path: { agent: id } }, body: { extension: free(), skills: {} } }),
    )
  const justMe = useMutation({ mutationFn: () => give(me.id), onSettled: refreshSettings })
  const add = useMutation({
    mutationFn: async () => {
      const made = await must(
        client.POST('/api/people', { body: { name, login, role: 'operator', email: '', locale: currentLocale() } }),
      )
      const trouble = await give(made.id).then(
        () => undefined,
        (error: unknown) => messageOf(error),
      )
      return { made, trouble }
    },
    onSuccess: ({ made, trouble }) => {
      setSecret({ login: made.login, password: made.one_time_password, trouble })
      setName('')
      setLogin('')
    },
    onSettled: refreshSettings,
  })
  const fields = add.error instanceof Problem ? add.error.fields : {}
  return (
    <div className="k-set-form">
      {agents.length > 0 && (
        <div className="k-set-line" style={{ flexWrap: 'wrap' }}>
          {agents.map((agent) => (
            <Chip key={agent.id} tone="good">
              {agent.name} · {agent.extension}
            </Chip>
          ))}
        </div>
      )}
      {!mine && (
        <div className="k-set-line">
          <Button onClick={() => justMe.mutate()} loading={justMe.isPending} data-testid="just-me">
            {t('steps.just_me')}
          </Button>
          <span className="k-quiet">{t('steps.just_me_hint')}</span>
        </div>
      )}
      {justMe.error && <Trouble error={justMe.error} />}
      <form
        className="k-set-line"
        style={{ alignItems: 'flex-start' }}
        onSubmit={(event) => {
          event.preventDefault()
          add.mutate()
        }}
      >
        <TextField label={t('people.name')} value={name} onChange={setName} wrong={fields.name} />
        <TextField label={t('people.login')} value={login} onChange={setLogin} wrong={fields.login} />
        <Button
          type="submit"
          variant="default"
          mt={20}
          disabled={!name.trim() || !login.trim()}
          loading={add.isPending}
        >
          {t('steps.add_colleague')}
        </Button>
      </form>
      {add.error && <Trouble error={add.error} />}
      <OneTimePassword secret={secret} onClose={() => setSecret(undefined)} />
    </div>
  )
}

function Line({ steps }: { steps: Steps }) {
  const { t } = useTranslation()
  const [number, setNumber] = useState(steps.numbers[0] ?? '')
  const open = useMutation({
    mutationFn: () => must(client.POST('/api/first-steps/line', { body: { number: bareNumber(number) } })),
    onSuccess: keep,
  })
  const fields = open.error instanceof Problem ? Object.entries(open.error.fields) : []
  return (
    <form
      className="k-set-form"
      onSubmit={(event) => {
        event.preventDefault()
        open.mutate()
      }}
    >
      <p style={{ margin: 0 }}>{t('steps.line_hint')}</p>
      <div className="k-set-fields">
        <TextField
          label={t('steps.public_number')}
          hint={t('steps.public_number_hint')}
          value={number}
          onChange={setNumber}
        />
      </div>
      {number && steps.trunks === 0 && (
        <Note tone="away">
          {t('steps.trunk_needed')}{' '}
          <Link to="/settings/trunks" search={{ open: '*new' }} className="k-link">
            {t('settings.trunk_new')}
          </Link>
        </Note>
      )}
      {open.error && <Trouble error={open.error} />}
      {fields.map(([place, text]) => (
        <Note key={place} tone="bad">
          {place}: {text}
        </Note>
      ))}
      <div>
        <Button type="submit" loading={open.isPending} data-testid="line-open">
          {t('steps.open_line')}
        </Button>
      </div>
    </form>
  )
}
