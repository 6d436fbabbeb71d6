import { SegmentedControl } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { KnowledgeSearch } from '@/features/knowledge/KnowledgeSearch'
import { useMe } from '@/features/session/session'
import { useCollection } from '@/realtime/live'
import { useKeys } from '@/ui/keys'
import { Loading } from '@/ui/pieces'
import { useHandProject } from './handProject'
import { debtsFor } from './line'
import { MyDebts, usePromises } from './MyDebts'

const MyDay = lazy(() => import('./MyDay').then((found) => ({ default: found.MyDay })))

type Part = 'debts' | 'knowledge' | 'day'

/** What I owe, what I can look up, how my day goes. */
export function SidePanel() {
  const { t } = useTranslation()
  const me = useMe()
  const [part, setPart] = useState<Part>('debts')
  const [asked, setAsked] = useState(0)
  const project = useHandProject()
  const owed = debtsFor(me.id, Object.values(useCollection('debts'))).length + (usePromises().data?.length ?? 0)
  const lookUp = () => {
    setPart('knowledge')
    setAsked((times) => times + 1)
  }
  useKeys({ KeyK: lookUp, 'Alt+KeyK': lookUp, KeyD: () => setPart(part === 'day' ? 'debts' : 'day') })
  return (
    <section
      className="k-panel"
      aria-label={t(`operator.side.${part}`)}
      data-testid={part === 'debts' ? 'my-debts' : part}
    >
      <header>
        <SegmentedControl
          size="xs"
          fullWidth
          style={{ flex: 1 }}
          aria-label={t('operator.side.label')}
          value={part}
          onChange={(value) => setPart(value)}
          data={[
            { value: 'debts', label: owed > 0 ? `${t('operator.side.debts')} · ${owed}` : t('operator.side.debts') },
            { value: 'knowledge', label: t('operator.side.knowledge') },
            { value: 'day', label: t('operator.side.day') },
          ]}
          data-testid="side"
        />
      </header>
      <div className="k-body" data-flush tabIndex={0}>
        {part === 'debts' && <MyDebts />}
        {part === 'knowledge' && <KnowledgeSearch project={project} asked={asked} />}
        {part === 'day' && (
          <Suspense fallback={<Loading />}>
            <MyDay />
          </Suspense>
        )}
      </div>
    </section>
  )
}
