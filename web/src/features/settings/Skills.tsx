import { Button, NativeSelect, UnstyledButton } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import { queries } from '@/api/queries'
import { useMay } from '@/features/session/session'
import { Empty, Loading, Panel, Trouble } from '@/ui/pieces'
import { refreshSettings, useRows } from './entity'
import { type AgentRow, lists, useNames } from './kinds'
import { SkillName } from './SkillName'

/** Everybody's skills side by side; who can serve which queue is seen below the names of skills. */
export function Skills() {
  const { t } = useTranslation()
  const agents = useRows('agents', lists.agents)
  const queues = useRows('queues', lists.queues)
  const names = useNames().skills
  const configures = useMay()('configure')
  const [named, setNamed] = useState<string>()
  const change = useMutation({
    mutationFn: ({ agent, skills }: { agent: AgentRow; skills: Record<string, number> }) =>
      must(
        client.PUT('/api/agents/{agent}', {
          params: { path: { agent: agent.id } },
          body: { extension: agent.extension, skills, revision: agent.revision ?? '' },
        }),
      ),
    onSuccess: (saved) =>
      queries.setQueryData<AgentRow[]>(['settings', 'agents'], (rows = []) =>
        rows.map((one) => (one.id === saved.id ? saved : one)),
      ),
    onSettled: refreshSettings,
  })
  if (agents.error) return <Trouble error={agents.error} retry={() => void agents.refetch()} />
  if (!agents.data) return <Loading />
  const skills = Object.keys(names)
  const rows = [...agents.data].sort((a, b) => a.name.localeCompare(b.name))
  const set = (agent: AgentRow, skill: string, level: string) => {
    const others = Object.fromEntries(Object.entries(agent.skills).filter(([one]) => one !== skill))
    change.mutate({ agent, skills: level ? { ...others, [skill]: Number(level) } : others })
  }
  const serving = (skill: string) =>
    (queues.data ?? []).filter((queue) => skill in queue.requires).map((queue) => queue.name)
  return (
    <div className="k-column">
      <h1 className="k-hidden">{t('settings.skills_teams')}</h1>
      {change.error && <Trouble error={change.error} />}
      {named !== undefined && (
        <SkillName
          id={named}
          needed={named !== '' && (serving(named).length > 0 || rows.some((agent) => named in agent.skills))}
          onClose={() => setNamed(undefined)}
        />
      )}
      <Panel
        title={t('settings.skills_teams')}
        flush
        className="k-grow"
        aside={
          configures && (
            <Button leftSection={<IconPlus size={14} />} onClick={() => setNamed('')} data-testid="skill-new">
              {t('settings.skill_new')}
            </Button>
          )
        }
      >
        {rows.length === 0 || skills.length === 0 ? (
          <Empty
            title={t('settings.no_skills')}
            action={
              <p>
                <Link to="/settings/people" className="k-link">
                  {t('settings.people')}
                </Link>
                {' · '}
                <Link to="/settings/queues" className="k-link">
                  {t('settings.queues')}
                </Link>
              </p>
            }
          >
            {t('settings.no_skills_hint')}
          </Empty>
        ) : (
          <table className="k-table k-set-matrix">
            <thead>
              <tr>
                <th>{t('people.name')}</th>
                {skills.map((skill) => (
                  <th key={skill} title={serving(skill).join(', ')} data-testid="skill" data-id={skill}>
                    <UnstyledButton
                      className="k-link"
                      fz="inherit"
                      fw="inherit"
                      title={t('settings.skill_rename')}
                      disabled={!configures}
                      onClick={() => setNamed(skill)}
                    >
                      {names[skill]}
                    </UnstyledButton>
                    <div className="k-quiet">{serving(skill).join(', ') || '–'}</div>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((agent) => (
                <tr key={agent.id} data-testid="skills-row">
                  <td>
                    <Link to="/settings/people" search={{ open: agent.id }} className="k-link">
                      {agent.name}
                    </Link>{' '}
                    <span className="k-quiet k-num">{agent.extension}</span>
                  </td>
                  {skills.map((skill) => (
                    <td key={skill}>
                      <NativeSelect
                        size="xs"
                        aria-label={`${agent.name}: ${names[skill]}`}
                        value={String(agent.skills[skill] ?? '')}
                        data={['', '1', '2', '3', '4', '5'].map((level) => ({ value: level, label: level || '–' }))}
                        onChange={(event) => set(agent, skill, event.currentTarget.value)}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Panel>
      <p className="k-hint" style={{ margin: 0 }}>
        {t('settings.skills_hint')}
      </p>
    </div>
  )
}
