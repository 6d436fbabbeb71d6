import { Button } from '@mantine/core'
import { IconRocket } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import { seconds } from '@/api/types'
import { useMay } from '@/features/session/session'
import { Chip, Empty, Loading, Moment, Note, Panel, Trouble } from '@/ui/pieces'
import type { Tone } from '@/ui/tone'
import { Modal } from '@/ui/Modal'
import { Changes } from './AuditLog'
import { refreshSettings } from './entity'
import { fieldWords, objectName } from './spoken'
import ToFirstSteps from './ToFirstSteps'
import { useStanding } from './standing'
import { useSpeech } from './Value'

const TONES: Record<string, Tone> = { added: 'good', removed: 'bad', changed: 'work' }

/** Where a problem or a change is mended. */
const PLACES = {
  queues: '/settings/queues',
  numbers: '/settings/numbers',
  trunks: '/settings/trunks',
  projects: '/settings/projects',
  calendars: '/settings/calendars',
  agents: '/settings/people',
  sources: '/settings/lookups',
  doors: '/settings/doors',
  skills: '/settings/skills',
  outgoing: '/settings/outgoing',
  recording: '/settings/recording',
} as const

export function usePublish() {
  return useMutation({
    mutationFn: () => must(client.POST('/api/publishing')),
    onSettled: refreshSettings,
  })
}

/** What differs from what runs, what must be mended first, and every version there was. */
export function Publish() {
  const { t } = useTranslation()
  const may = useMay()
  const standing = useStanding()
  const publish = usePublish()
  if (standing.error && !standing.data) return <Trouble error={standing.error} retry={() => void standing.refetch()} />
  if (!standing.data) return <Loading />
  const { version, waiting, problems } = standing.data
  // what was never set up is not wrong: the first steps do all of it
  const untouched = version === 0 && waiting.length === 0
  const wrong = untouched ? [] : Object.entries(problems)
  return (
    <div className="k-column k-set-page" data-testid="publish">
      <h1 className="k-hidden">{t('settings.publish')}</h1>
      {publish.data && (
        <Note tone={publish.data.announced ? 'good' : 'care'} testId="published">
          {t(publish.data.announced ? 'settings.published_now' : 'settings.published_later', {
            version: publish.data.version,
          })}
        </Note>
      )}
      {publish.error && <Trouble error={publish.error} />}
      <Panel
        title={t('settings.waiting_title', { count: waiting.length })}
        aside={
          may('publish') && (
            <Button
              leftSection={<IconRocket size={15} />}
              disabled={wrong.length > 0 || untouched}
              loading={publish.isPending}
              onClick={() => publish.mutate()}
              data-testid="publish-now"
            >
              {t('settings.publish_now')}
            </Button>
          )
        }
        flush
      >
        {wrong.length > 0 && (
          <div style={{ padding: 10 }} className="k-set-group" data-testid="problems">
            <Note tone="bad">{t('settings.mend_first', { count: wrong.length })}</Note>
            <ul className="k-set-changes">
              {wrong.map(([place, text]) => (
                <li key={place}>
                  <Place place={place} />: <span>{text}</span>
                </li>
              ))}
            </ul>
          </div>
        )}
        {waiting.length === 0 && (
          <Empty
            title={t(version ? 'settings.all_published' : 'settings.nothing_yet')}
            action={untouched && <ToFirstSteps />}
          >
            {version > 0 && t('settings.all_published_hint', { version })}
          </Empty>
        )}
        {waiting.length > 0 && (
          <table className="k-table k-wrapping">
            <thead>
              <tr>
                <th>{t('settings.what')}</th>
                <th>{t('settings.how')}</th>
                <th>{t('settings.before_after')}</th>
                <th>{t('settings.who')}</th>
              </tr>
            </thead>
            <tbody>
              {waiting.map((one, index) => (
                <tr key={`${one.area} ${one.id} ${index}`} data-testid="waiting-row">
                  <td>
                    <span className="k-quiet">{thing(t, one.area)}</span>{' '}
                    <Place place={`${one.area}.${one.id}`} name={one.name} />
                    {one.area === 'scenarios' && one.kind === 'changed' && (
                      <div>
                        <Link to="/settings/scenarios/$id" params={{ id: one.id }} className="k-link">
                          {t('spoken.to_scenario')}
                        </Link>
                      </div>
                    )}
                  </td>
                  <td>
                    <Chip tone={TONES[one.kind]}>{t(`settings.kind.${one.kind}`)}</Chip>
                  </td>
                  <td>
                    <Changes area={one.area} of={one.fields} />
                  </td>
                  <td className="k-set-who">{one.by}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Panel>
      {version > 0 && <History running={version} />}
    </div>
  )
}

/** One of what an area holds; of what there is one of, the area itself. */
const thing = (t: TFunction, area: string) => t([`settings.thing.${area}`, `settings.area.${area}`], area)

/** A link to where it is edited, in words: of what kind, called how, and what of it. Scenarios have an editor of their own. */
function Place({ place, name }: { place: string; name?: string }) {
  const [area = '', id = '', ...rest] = place.split('.')
  const { t } = useTranslation()
  const speech = useSpeech()
  const alone = area === 'outgoing' || area === 'recording'
  const called = objectName(speech, area, id) ?? name ?? id
  const field = alone ? [id, ...rest].filter(Boolean) : rest
  const what = area === 'scenarios' && field[0] === 'nodes' ? '' : field.join('.')
  const words = [
    !name && thing(t, area),
    name && alone ? t('rules.look') : !alone && called,
    !name && (what ? fieldWords(speech, area, what) : field[1] && t('spoken.step', { name: field[1] })),
  ]
    .filter(Boolean)
    .join(' · ')
  if (!(area in PLACES)) return <strong>{words}</strong>
  return (
    <Link to={PLACES[area as keyof typeof PLACES]} search={alone ? {} : { open: id }} className="k-link">
      {words}
    </Link>
  )
}

function History({ running }: { running: number }) {
  const { t } = useTranslation()
  const may = useMay()
  const [chosen, setChosen] = useState<number>()
  const versions = useQuery({ queryKey: ['settings', 'versions'], queryFn: () => must(client.GET('/api/publishing')) })
  const back = useMutation({
    mutationFn: (version: number) =>
      must(client.POST('/api/publishing/{version}/return', { params: { path: { version } } })),
    onSettled: refreshSettings,
  })
  return (
    <Panel title={t('settings.versions')} flush>
      {back.error && <Trouble error={back.error} />}
      {back.data && <Note tone="good">{t('settings.published_now', { version: back.data.version })}</Note>}
      {versions.error && <Trouble error={versions.error} retry={() => void versions.refetch()} />}
      <table className="k-table">
        <tbody>
          {(versions.data ?? []).map((one) => (
            <tr key={one.version} data-testid="version-row">
              <td className="k-num">{t('settings.version_number', { version: one.version })}</td>
              <td>
                <Moment at={seconds(one.at)} />
              </td>
              <td>{one.name || t('settings.by_itself')}</td>
              <td className="k-right">
                {one.version === running ? (
                  <Chip tone="good">{t('settings.in_force')}</Chip>
                ) : (
                  may('publish') && (
                    <Button
                      variant="default"
                      size="compact-sm"
                      onClick={() => setChosen(one.version)}
                      data-testid="return"
                    >
                      {t('settings.return')}
                    </Button>
                  )
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Modal
        opened={chosen !== undefined}
        onClose={() => setChosen(undefined)}
        title={t('settings.return_title', { version: chosen })}
      >
        <p>{t('settings.return_hint')}</p>
        <div className="k-buttons k-to-right">
          <Button variant="default" onClick={() => setChosen(undefined)}>
            {t('cancel')}
          </Button>
          <Button
            onClick={() => {
              if (chosen !== undefined) back.mutate(chosen)
              setChosen(undefined)
            }}
            data-testid="return-now"
          >
            {t('settings.return')}
          </Button>
        </div>
      </Modal>
    </Panel>
  )
}
