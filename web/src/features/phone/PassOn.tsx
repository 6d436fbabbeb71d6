import { Button, CloseButton, TextInput } from '@mantine/core'
import { IconArrowForwardUp, IconHeadset, IconPhoneOutgoing, IconUsersGroup } from '@tabler/icons-react'
import { type KeyboardEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/features/session/session'
import { useCollection } from '@/realtime/live'
import { useDirectory } from '@/ui/names'
import { Dot, Since, Trouble } from '@/ui/pieces'
import { toneOfState } from '@/ui/tone'
import { useConsult, useTransfer } from './actions'
import { isFree, type Target, targetsFor } from './targets'
import './incall.css'

/** Whom to ask or to send the customer to: colleagues with their states, queues, a number. Worked by keyboard too. */
export function PassOn({ contact, onDone, inside = false }: { contact: string; onDone: () => void; inside?: boolean }) {
  const { t } = useTranslation()
  const me = useMe()
  const list = useId()
  const [wanted, setWanted] = useState('')
  const [chosen, setChosen] = useState('')
  const consult = useConsult(onDone)
  const transfer = useTransfer(onDone)
  const agents = useCollection('agents')
  const targets = targetsFor(me.id, wanted, agents, useDirectory().queues, useCollection('calls'), inside)
  const key = (one: Target) => `${one.to}:${one.id}`
  const target = chosen ? targets.find((one) => key(one) === chosen) : targets.find(isFree)
  // who is shown as chosen stays so, whatever he does meanwhile: no key sends the person to somebody else
  if (target && !chosen) setChosen(key(target))
  const busy = consult.isPending || transfer.isPending

  const move = (by: number) => {
    if (!targets.length) return
    const at = target ? targets.indexOf(target) : -1
    const next = targets[(at + by + targets.length) % targets.length]
    if (next) setChosen(key(next))
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      move(event.key === 'ArrowDown' ? 1 : -1)
    } else if (event.key === 'Escape') onDone()
    else if (event.key === 'Enter' && target && !busy) {
      event.preventDefault()
      ;(event.ctrlKey ? transfer : consult).mutate({ contact, to: target.to, target: target.id })
    }
  }
  return (
    <div className="k-pass" data-testid="pass-on">
      <div className="k-state">
        <strong className="k-grow">{t('incall.pass_on')}</strong>
        <CloseButton size="sm" onClick={onDone} aria-label={t('incall.close')} />
      </div>
      <TextInput
        autoFocus
        value={wanted}
        onChange={(event) => {
          setWanted(event.currentTarget.value)
          setChosen('')
        }}
        onKeyDown={onKey}
        placeholder={t('incall.search')}
        aria-label={t('incall.search')}
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={target ? `${list}-${key(target)}` : undefined}
        data-testid="pass-search"
      />
      <ul className="k-targets" role="listbox" id={list} aria-label={t('incall.pass_on')}>
        {targets.map((one) => (
          <li
            key={key(one)}
            id={`${list}-${key(one)}`}
            role="option"
            aria-selected={one === target}
            aria-disabled={!isFree(one)}
            onClick={() => setChosen(key(one))}
            data-testid={`target-${one.id}`}
          >
            <Row target={one} />
          </li>
        ))}
      </ul>
      {targets.length === 0 && <p className="k-hint">{t('incall.nobody')}</p>}
      <div className="k-buttons" style={{ marginTop: 0 }}>
        <Button
          style={{ flex: 1 }}
          px={6}
          disabled={!target || !isFree(target) || busy}
          loading={consult.isPending}
          leftSection={<IconHeadset size={15} />}
          title={inside ? undefined : t('incall.ask_hint')}
          onClick={() => target && consult.mutate({ contact, to: target.to, target: target.id })}
          data-testid="ask"
        >
          {t('incall.ask')}
        </Button>
        <Button
          variant="default"
          style={{ flex: 1 }}
          px={6}
          disabled={!target || !isFree(target) || busy}
          loading={transfer.isPending}
          leftSection={<IconArrowForwardUp size={15} />}
          title={inside ? undefined : t('incall.send_hint')}
          onClick={() => target && transfer.mutate({ contact, to: target.to, target: target.id })}
          data-testid="send"
        >
          {t('incall.send')}
        </Button>
      </div>
      {consult.error && <Trouble error={consult.error} />}
      {transfer.error && <Trouble error={transfer.error} />}
    </div>
  )
}

function Row({ target }: { target: Target }) {
  const { t } = useTranslation()
  if (target.to === 'number') {
    return (
      <>
        <IconPhoneOutgoing size={14} aria-hidden />
        <span className="k-grow k-cut">{target.name}</span>
        <span className="k-quiet">{t('incall.outside')}</span>
      </>
    )
  }
  if (target.to === 'queue') {
    return (
      <>
        <IconUsersGroup size={14} aria-hidden />
        <span className="k-grow k-cut">{target.name}</span>
        <span className="k-quiet k-num">{t('incall.waiting', { count: Number(target.detail) })}</span>
      </>
    )
  }
  const agent = target.agent
  return (
    <>
      {agent && <Dot tone={toneOfState(agent.state)} />}
      <span className="k-grow k-cut">
        {target.name} <span className="k-quiet k-num">{target.detail}</span>
      </span>
      {agent && (
        <span className="k-quiet">
          {agent.state === 'ready' ? t('agent.ready') : <>{t(`agent.${agent.state}`)} </>}
          {agent.state !== 'ready' && <Since at={agent.since} />}
        </span>
      )}
    </>
  )
}
