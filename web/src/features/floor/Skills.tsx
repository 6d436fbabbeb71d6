import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '@/features/session/session'
import { byName, skillMeant } from '@/features/settings/names'
import { useNameSkill } from '@/features/settings/skill'
import type { AgentRow } from '@/realtime/rows'
import { addLazyWords } from '@/i18n/lazy'
import { Modal } from '@/ui/Modal'
import { useDirectory } from '@/ui/names'
import { Loading, Trouble } from '@/ui/pieces'
import { useAgents, useSetSkills } from './actions'

addLazyWords()

/** What an agent can do, by the names of skills; it counts at once. */
export default function Skills({ agent, onClose }: { agent: AgentRow; onClose: () => void }) {
  const { t } = useTranslation()
  const agents = useAgents(true)
  const save = useSetSkills()
  const [edited, setEdited] = useState<Record<string, number>>()
  const [name, setName] = useState('')
  const list = useId()
  const named = useDirectory().skills
  const naming = useNameSkill()
  const configures = useMay()('configure')
  const known = agents.data?.find((one) => one.id === agent.id)?.skills
  const skills = edited ?? known
  const all = byName([
    ...Object.entries(named).map(([id, name]) => ({ id, name })),
    ...[...new Set((agents.data ?? []).flatMap((one) => Object.keys(one.skills)))]
      .filter((id) => !(id in named))
      .map((id) => ({ id })),
  ])
  const meant = skillMeant(name, all)
  const others = Object.entries(all).filter(([id]) => !skills || !(id in skills))
  const put = (skill: string, level: number) => setEdited({ ...skills, [skill]: level })
  const add = () => {
    const done = () => {
      put(meant, 1)
      setName('')
    }
    if (meant in all) done()
    else naming.mutate({ id: meant, name: name.trim(), revision: '' }, { onSuccess: done })
  }
  return (
    <Modal opened onClose={onClose} title={t('floor.skills_of', { name: agent.name })}>
      {agents.error ? (
        <Trouble error={agents.error} retry={() => void agents.refetch()} />
      ) : !skills ? (
        <Loading />
      ) : (
        <>
          <p className="k-hint">{t('floor.skills_hint')}</p>
          {Object.entries(skills).map(([skill, level]) => (
            <NumberInput
              key={skill}
              size="xs"
              label={all[skill] ?? skill}
              min={0}
              max={5}
              value={level}
              onChange={(value) => put(skill, Math.min(5, Math.max(0, Math.round(+value || 0))))}
            />
          ))}
          <div className="k-buttons">
            {configures ? (
              <TextInput
                aria-label={t('floor.new_skill')}
                placeholder={t('floor.new_skill')}
                value={name}
                list={list}
                onChange={(event) => setName(event.currentTarget.value)}
              />
            ) : (
              // a new one needs a name, which only who configures may give
              <NativeSelect
                aria-label={t('settings.one_skill')}
                value={name}
                disabled={others.length === 0}
                onChange={(event) => setName(event.currentTarget.value)}
                data={[
                  { value: '', label: t(others.length === 0 ? 'settings.no_skill' : 'settings.one_skill') },
                  ...others.map(([value, label]) => ({ value, label })),
                ]}
              />
            )}
            <Button
              variant="default"
              disabled={!meant || meant in skills}
              loading={naming.isPending}
              leftSection={<IconPlus size={14} />}
              onClick={add}
            >
              {t('floor.add_skill')}
            </Button>
          </div>
          <datalist id={list}>
            {others.map(([id, called]) => (
              <option key={id} value={called} />
            ))}
          </datalist>
          {naming.error && <Trouble error={naming.error} />}
          {save.error && <Trouble error={save.error} />}
          <div className="k-buttons k-to-right">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button
              loading={save.isPending}
              disabled={!edited}
              onClick={() =>
                save.mutate(
                  {
                    agent: agent.id,
                    skills: Object.fromEntries(Object.entries(skills).filter(([, level]) => level > 0)),
                  },
                  { onSuccess: onClose },
                )
              }
            >
              {t('save')}
            </Button>
          </div>
        </>
      )}
    </Modal>
  )
}
