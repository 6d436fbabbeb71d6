import { useTranslation } from 'react-i18next'
import { useCollection, useConnection } from '@/realtime/live'
import { countOnLine } from '@/features/workplace/line'
import { Loading } from '@/ui/pieces'
import { useWaitingInTitle } from '@/ui/title'
import { MonitorBar } from '@/features/floor/MonitorBar'
import { Situations } from '@/features/floor/Situations'
import { AgentsGrid } from './AgentsGrid'
import { Books } from './Books'
import { CallsTable } from './CallsTable'
import { Waiting } from './Waiting'
import './board.css'

/** The floor as it is now. */
export function Board() {
  const { t } = useTranslation()
  const connection = useConnection()
  const calls = useCollection('calls')
  const rows = Object.values(calls)
  useWaitingInTitle(countOnLine(rows))
  if (connection === 'connecting') return <Loading />
  return (
    <div className="k-board">
      <h1 className="k-hidden">{t('nav.board')}</h1>
      <MonitorBar />
      <Situations />
      <Books />
      <div className="k-board-rooms">
        <Waiting calls={rows} />
        <CallsTable calls={rows} />
        <AgentsGrid />
      </div>
    </div>
  )
}
