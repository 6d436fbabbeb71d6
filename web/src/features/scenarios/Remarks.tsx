import { useTranslation } from 'react-i18next'
import { Chip, Empty } from '@/ui/pieces'
import type { Remark } from './remarks'

/** Everything to mend or to think about; a click leads to the node. */
export function Remarks({
  remarks,
  pending,
  onOpen,
}: {
  remarks: readonly Remark[]
  pending: boolean
  onOpen: (node: string) => void
}) {
  const { t } = useTranslation()
  if (remarks.length === 0)
    return (
      <Empty title={pending ? t('edit.checking') : t('edit.no_remarks')}>{!pending && t('edit.no_remarks_hint')}</Empty>
    )
  return (
    <ul className="k-remarks" data-testid="remarks">
      {remarks.map((remark, index) => (
        <li key={index}>
          <button type="button" disabled={!remark.node} onClick={() => onOpen(remark.node)}>
            <span className="k-remark-head">
              <Chip tone={remark.tone}>
                {remark.grade === 'problem' ? t('edit.problem') : t(`edit.severity.${remark.grade}`)}
              </Chip>
              <span className="k-quiet k-cut">{remark.node}</span>
            </span>
            <span>{remark.text}</span>
            {remark.reason && <span className="k-reason k-quiet">{remark.reason}</span>}
          </button>
        </li>
      ))}
    </ul>
  )
}
