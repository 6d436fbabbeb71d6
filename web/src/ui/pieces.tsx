import { Button, Loader } from '@mantine/core'
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/problem'
import { currentLocale } from '@/i18n'
import { useNow } from './clock'
import { duration, fullTime, isWithheld, moment, phoneNumber } from './format'
import type { Tone } from './tone'

/** Time since `at`, ticking. */
export function Since({ at, className }: { at: number; className?: string }) {
  const now = useNow()
  return <span className={`k-num ${className ?? ''}`}>{duration(Math.max(0, now - at))}</span>
}

/** Time left to `at`, ticking down. `late` is shown instead of negative time where it is given. */
export function Until({ at, className }: { at: number; className?: string }) {
  const now = useNow()
  return <span className={`k-num ${className ?? ''}`}>{duration(Math.ceil(at - now))}</span>
}

export function Moment({ at }: { at: number }) {
  useTranslation()
  const now = useNow()
  return (
    <time className="k-num" dateTime={new Date(at * 1000).toISOString()} title={fullTime(at, currentLocale())}>
      {moment(at, now, currentLocale())}
    </time>
  )
}

/** A phone number as it is read, or "number withheld". */
export function Number({ of }: { of: string }) {
  const { t } = useTranslation()
  return isWithheld(of) ? (
    <span className="k-quiet">{t('withheld')}</span>
  ) : (
    <span className="k-num">{phoneNumber(of)}</span>
  )
}

export function Chip({ tone = 'away', children, title }: { tone?: Tone; children: ReactNode; title?: string }) {
  return (
    <span className="k-chip" data-tone={tone} title={title}>
      {children}
    </span>
  )
}

export function Dot({ tone }: { tone: Tone }) {
  return <span className="k-dot" data-tone={tone} aria-hidden />
}

interface PanelProps {
  title: string
  aside?: ReactNode
  flush?: boolean
  className?: string
  testId?: string
  children: ReactNode
}

export function Panel({ title, aside, flush, className, testId, children }: PanelProps) {
  return (
    <section className={`k-panel ${className ?? ''}`} aria-label={title} data-testid={testId}>
      <header>
        <h2 className="k-grow">{title}</h2>
        {aside}
      </header>
      <div className="k-body" data-flush={flush || undefined} tabIndex={flush ? 0 : undefined}>
        {children}
      </div>
    </section>
  )
}

/** Nothing here: says so, and what to do next. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="k-empty">
      <strong>{title}</strong>
      {children && <p>{children}</p>}
      {action}
    </div>
  )
}

export function Note({ tone, children, testId }: { tone: Tone; children: ReactNode; testId?: string }) {
  const Icon = tone === 'bad' || tone === 'care' ? IconAlertTriangle : IconInfoCircle
  return (
    <div className="k-note" data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'} data-testid={testId}>
      <Icon size={16} style={{ flex: 'none', marginTop: 1 }} aria-hidden />
      <div className="k-grow">{children}</div>
    </div>
  )
}

/** What went wrong and a way to try again. */
export function Trouble({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation()
  return (
    <Note tone="bad" testId="error">
      {messageOf(error)}
      {retry && (
        <Button variant="default" size="compact-xs" ml={8} onClick={retry}>
          {t('retry')}
        </Button>
      )}
    </Note>
  )
}

export function Loading() {
  const { t } = useTranslation()
  return (
    <div className="k-empty" role="status">
      <Loader size="sm" color="gray" />
      <span>{t('loading')}</span>
    </div>
  )
}

export function Key({ children }: { children: ReactNode }) {
  return <kbd className="k-key">{children}</kbd>
}
