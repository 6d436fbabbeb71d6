import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLocale } from '@/i18n'
import { useMe } from '@/features/session/session'
import { live } from '@/realtime/live'
import type { AgentRow } from '@/realtime/rows'
import { serverNow } from '@/ui/clock'
import { clockTime, duration } from '@/ui/format'
import { Note } from '@/ui/pieces'
import { type Absence, AbsenceWatch, consequenceOf } from './happened'
import { useMyRow } from './mine'

const TICK = 5_000
/** the telephone needs a moment to be back as well: before it the consequences are not settled */
const SETTLED = 3_000
/** an absence without consequences is said and goes by itself */
const SHOWN = 30_000

interface Told extends Absence {
  before: AgentRow | undefined
}

/** After sleep or a lost network: since when, how long, and what it meant. */
export function Happened() {
  const { t } = useTranslation()
  const { told, dismiss } = useAbsence(useMe().id)
  const mine = useMyRow()
  const [after, setAfter] = useState<{ of: Told; row: AgentRow | undefined }>()
  useEffect(() => {
    if (!told) return
    const timer = setTimeout(() => setAfter({ of: told, row: live.getView().agents[mine?.id ?? ''] }), SETTLED)
    return () => clearTimeout(timer)
  }, [told, mine?.id])

  const settled = told && after?.of === told
  const consequence = settled ? consequenceOf(told.before, after.row) : undefined
  useEffect(() => {
    if (consequence !== 'nothing' && consequence !== 'talk_goes_on') return
    const timer = setTimeout(dismiss, SHOWN)
    return () => clearTimeout(timer)
  }, [consequence, dismiss])
  if (!told) return null

  const locale = currentLocale()
  const bad = consequence !== undefined && consequence !== 'nothing' && consequence !== 'talk_goes_on'
  return (
    <div data-testid="happened" data-kind={told.kind} data-consequence={consequence}>
      <Note tone={bad ? 'care' : 'work'}>
        <div className="k-happened">
          <span className="k-grow">
            {t(`trouble.${told.kind}`, {
              from: clockTime(told.from, locale),
              to: clockTime(told.to, locale),
              long: duration(told.to - told.from),
            })}{' '}
            {consequence && t(`trouble.after.${consequence}`)}
          </span>
          <ActionIcon size="sm" onClick={dismiss} aria-label={t('close')} title={t('close')}>
            <IconX size={14} />
          </ActionIcon>
        </div>
      </Note>
    </div>
  )
}

function useAbsence(me: string): { told: Told | undefined; dismiss: () => void } {
  const [told, setTold] = useState<Told>()
  useEffect(() => {
    const watch = new AbsenceWatch((absence, before) => setTold({ ...absence, before }))
    const look = () => {
      const connection = live.getConnection()
      if (connection === 'lost') watch.lost(live.getLostAt())
      watch.seen(live.getView().agents[me], connection === 'online', serverNow())
    }
    const freeze = () => watch.frozen(serverNow())
    const resume = () => watch.resumed(serverNow())
    const tick = () => watch.tick(serverNow(), !document.hidden)
    const ticking = setInterval(tick, TICK)
    const unsubscribe = live.subscribe(look)
    document.addEventListener('freeze', freeze)
    document.addEventListener('resume', resume)
    look()
    tick()
    return () => {
      clearInterval(ticking)
      unsubscribe()
      document.removeEventListener('freeze', freeze)
      document.removeEventListener('resume', resume)
    }
  }, [me])
  const [dismiss] = useState(() => () => setTold(undefined))
  return { told, dismiss }
}
