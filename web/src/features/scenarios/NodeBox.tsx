import { Handle, type NodeProps, type Node as FlowNode, Position } from '@xyflow/react'
import { IconFlag } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { KindIcon } from './icons'
import type { Remark } from './remarks'

export interface BoxWay {
  name: string
  words: string
  /** "" ends the call; `lost` leads to a node that is not there */
  target: string
  lost: boolean
}

export interface BoxData extends Record<string, unknown> {
  name: string
  kind: string
  title: string
  lines: string[]
  ways: BoxWay[]
  isStart: boolean
  remarks: Remark[]
  /** how it differs from the version it is compared with */
  differs: '' | 'added' | 'changed' | 'removed'
  lit: '' | 'passed' | 'here'
}

export type Box = FlowNode<BoxData, 'box'>

const LINES = 4

/** A node as its maker thinks of it: what is said, what is asked, and a way out of every row. */
export const NodeBox = memo(function NodeBox({ data, selected }: NodeProps<Box>) {
  const { t } = useTranslation()
  const worst = data.remarks[0]
  return (
    <div
      className="k-node"
      data-testid="scenario-node"
      data-node={data.name}
      data-selected={selected || undefined}
      data-differs={data.differs || undefined}
      data-lit={data.lit || undefined}
    >
      <Handle type="target" position={Position.Left} className="k-handle" isConnectable={data.differs !== 'removed'} />
      <header>
        <KindIcon kind={data.kind} size={15} />
        <span className="k-grow k-cut" title={data.name}>
          {data.name}
        </span>
        {data.isStart && <IconFlag size={14} aria-label={t('edit.start')} />}
        {worst && (
          <span
            className="k-remark-dot"
            data-tone={worst.tone}
            data-testid="node-remark"
            title={data.remarks.map((remark) => [remark.text, remark.reason].filter(Boolean).join(' ')).join('\n\n')}
          >
            {data.remarks.length}
          </span>
        )}
      </header>
      <div className="k-node-kind">
        {data.title}
        {data.differs && ` · ${t(`pub.${data.differs}`)}`}
      </div>
      {data.lines.slice(0, LINES).map((line, index) => (
        <div key={index} className="k-node-line" title={line}>
          {line}
        </div>
      ))}
      {data.lines.length > LINES && <div className="k-node-line">… +{data.lines.length - LINES}</div>}
      {data.ways.map((way) => (
        <div key={way.name} className="k-node-way" data-end={way.target === '' || undefined} title={way.words}>
          <span className="k-cut">{way.words}</span>
          {way.target === '' && <em>{t('edit.ends')}</em>}
          {way.lost && <em className="k-tone-bad">{t('edit.lost', { name: way.target })}</em>}
          <Handle
            id={way.name}
            type="source"
            position={Position.Right}
            className="k-handle"
            isConnectable={data.differs !== 'removed'}
          />
        </div>
      ))}
    </div>
  )
})
