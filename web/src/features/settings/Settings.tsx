import { Button } from '@mantine/core'
import {
  IconAdjustments,
  IconArchive,
  IconBan,
  IconBell,
  IconBook2,
  IconCalendarTime,
  IconChecklist,
  IconDoor,
  IconFolder,
  IconForms,
  IconHash,
  IconHeartRateMonitor,
  IconHistory,
  IconKey,
  IconListNumbers,
  IconMail,
  IconMessage2,
  IconMicrophone,
  IconPhone,
  IconPhoneOutgoing,
  IconPlugConnected,
  IconRocket,
  IconRoute,
  IconScale,
  IconSitemap,
  IconStairs,
  IconUsers,
  IconWebhook,
} from '@tabler/icons-react'
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMay } from '@/features/session/session'
import { Trouble } from '@/ui/pieces'
import { addLazyWords } from '@/i18n/lazy'
import { usePublish } from './Publish'
import './settings.css'
import { useStanding } from './standing'

addLazyWords()

/** The side list, group by group. Each page names the permission without which it is not shown. */
const GROUPS = [
  {
    words: 'settings.group.people',
    pages: [
      { to: '/settings/people', words: 'settings.people', may: 'manage_people', icon: IconUsers },
      { to: '/settings/skills', words: 'settings.skills_teams', may: 'configure', icon: IconAdjustments },
    ],
  },
  {
    words: 'settings.group.calls',
    pages: [
      { to: '/settings/queues', words: 'settings.queues', may: 'configure', icon: IconListNumbers },
      { to: '/settings/numbers', words: 'settings.numbers', may: 'configure', icon: IconPhone },
      { to: '/settings/trunks', words: 'settings.trunks', may: 'configure', icon: IconPlugConnected },
      { to: '/settings/calendars', words: 'settings.calendars', may: 'switch_mode', icon: IconCalendarTime },
      { to: '/settings/projects', words: 'settings.projects', may: 'configure', icon: IconFolder },
      { to: '/settings/fields', words: 'fields.title', may: 'edit_knowledge', icon: IconForms },
      { to: '/settings/outgoing', words: 'rules.outgoing', may: 'configure', icon: IconPhoneOutgoing },
      { to: '/settings/recording', words: 'rules.recording', may: 'configure', icon: IconMicrophone },
      { to: '/settings/retention', words: 'keeping.title', may: 'configure', icon: IconArchive },
      { to: '/settings/scenarios', words: 'nav.scenarios', may: 'read_configuration', icon: IconSitemap },
      { to: '/settings/prompts', words: 'settings.prompts', may: 'read_configuration', icon: IconMessage2 },
      { to: '/settings/codes', words: 'codes.title', may: 'configure', icon: IconHash },
      { to: '/settings/doors', words: 'doors.title', may: 'configure', icon: IconDoor },
      { to: '/settings/black-list', words: 'blacklist.title', may: 'block_callers', icon: IconBan },
      { to: '/settings/lookups', words: 'settings.lookups', may: 'configure', icon: IconBook2 },
    ],
  },
  {
    words: 'settings.group.control',
    pages: [
      { to: '/settings/alerts', words: 'alerts.title', may: 'edit_alerts', icon: IconBell },
      { to: '/settings/mail', words: 'mail.title', may: 'configure', icon: IconMail },
      { to: '/settings/keys', words: 'settings.keys', may: 'manage_integrations', icon: IconKey },
      { to: '/settings/webhooks', words: 'settings.webhooks', may: 'manage_integrations', icon: IconWebhook },
      { to: '/settings/publish', words: 'settings.publish', may: 'configure', icon: IconRocket },
      { to: '/settings/audit', words: 'settings.audit', may: 'read_audit', icon: IconHistory },
      { to: '/settings/reconciliation', words: 'nav.reconciliation', may: 'read_reconciliation', icon: IconScale },
      { to: '/settings/state', words: 'nav.health', may: 'read_reconciliation', icon: IconHeartRateMonitor },
      { to: '/settings/start', words: 'settings.start', may: 'configure', icon: IconStairs },
    ],
  },
] as const

/** Everything that is configured: a side list, and what waits to be published above each page. */
export function Settings() {
  const { t } = useTranslation()
  const may = useMay()
  const path = useRouterState({ select: (state) => state.location.pathname })
  return (
    <div className="k-settings">
      <nav className="k-set-side" aria-label={t('nav.settings')}>
        {GROUPS.map((group) => {
          const pages = group.pages.filter((page) => may(page.may))
          if (pages.length === 0) return null
          return (
            <div key={group.words}>
              <h2>{t(group.words)}</h2>
              {pages.map((page) => (
                <Link key={page.to} to={page.to} data-testid={page.to.replaceAll('/', '-').slice(1)}>
                  <page.icon size={15} aria-hidden />
                  {t(page.words)}
                </Link>
              ))}
            </div>
          )
        })}
      </nav>
      <div className="k-column">
        {may('configure') && !/\/(publish|start)$/.test(path) && <Waiting />}
        <div className="k-set-page">
          <Outlet />
        </div>
      </div>
    </div>
  )
}

/** Saved is not yet in force: says so, and publishes with one click. */
function Waiting() {
  const { t } = useTranslation()
  const may = useMay()
  const { data } = useStanding()
  const publish = usePublish()
  const count = data?.waiting.length ?? 0
  if (publish.error) return <Trouble error={publish.error} />
  if (!data || count === 0) return null
  const wrong = Object.keys(data.problems).length
  return (
    <div className="k-note k-set-waiting" data-tone={wrong ? 'bad' : 'care'} role="status" data-testid="waiting-bar">
      <IconChecklist size={16} aria-hidden />
      <span className="k-grow">
        {t('settings.waiting', { count })} {wrong > 0 && t('settings.mend_first', { count: wrong })}
      </span>
      <Link to="/settings/publish" className="k-link">
        {t('settings.waiting_look')}
      </Link>
      {may('publish') && (
        <Button
          size="compact-sm"
          leftSection={<IconRoute size={14} />}
          disabled={wrong > 0}
          loading={publish.isPending}
          onClick={() => publish.mutate()}
          data-testid="waiting-publish"
        >
          {t('settings.publish_now')}
        </Button>
      )}
    </div>
  )
}
