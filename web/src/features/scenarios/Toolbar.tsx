import { ActionIcon, Button, TextInput } from '@mantine/core'
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowLeft,
  IconCloudCheck,
  IconCloudOff,
  IconCloudUpload,
  IconLayoutDistributeVertical,
  IconMaximize,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMay } from '@/features/session/session'
import type { Kept } from './keeper'
import type { Remark } from './remarks'

interface Props {
  kept: Kept
  remarks: readonly Remark[]
  writable: boolean
  onName: (name: string) => void
  onUndo: () => void
  onRedo: () => void
  onTidy: () => void
  onWhole: () => void
  onRemarks: () => void
  onPublish: () => void
}

export function Toolbar({ kept, remarks, writable, ...act }: Props) {
  const { t } = useTranslation()
  const may = useMay()
  const tone = remarks[0]?.tone ?? 'good'
  return (
    <div className="k-editor-bar" role="toolbar" aria-label={t('scn.title')}>
      <Link to="/settings/scenarios" className="k-link" aria-label={t('scn.back')} title={t('scn.back')}>
        <IconArrowLeft size={17} />
      </Link>
      <TextInput
        aria-label={t('scn.name')}
        value={kept.history.now.name}
        onChange={(event) => act.onName(event.currentTarget.value)}
        maxLength={100}
        disabled={!writable}
        w={220}
        data-testid="scenario-name"
      />
      <Saved kept={kept} />
      <div className="k-grow" />
      <ActionIcon
        aria-label={t('edit.undo')}
        title={t('edit.undo')}
        disabled={!writable || kept.history.past.length === 0}
        onClick={act.onUndo}
        data-testid="undo"
      >
        <IconArrowBackUp size={17} />
      </ActionIcon>
      <ActionIcon
        aria-label={t('edit.redo')}
        title={t('edit.redo')}
        disabled={!writable || kept.history.future.length === 0}
        onClick={act.onRedo}
        data-testid="redo"
      >
        <IconArrowForwardUp size={17} />
      </ActionIcon>
      <ActionIcon
        aria-label={t('edit.tidy')}
        title={t('edit.tidy')}
        disabled={!writable}
        onClick={act.onTidy}
        data-testid="tidy"
      >
        <IconLayoutDistributeVertical size={17} />
      </ActionIcon>
      <ActionIcon aria-label={t('edit.whole')} title={t('edit.whole')} onClick={act.onWhole} data-testid="whole">
        <IconMaximize size={17} />
      </ActionIcon>
      <button
        type="button"
        className="k-chip k-remark-count"
        data-tone={tone}
        onClick={act.onRemarks}
        data-testid="remark-count"
      >
        {remarks.length === 0 ? t('edit.no_remarks') : t('edit.remark_count', { count: remarks.length })}
      </button>
      {may('publish') && (
        <Button onClick={act.onPublish} disabled={!writable} data-testid="publish">
          {t('edit.publish')}
        </Button>
      )}
    </div>
  )
}

function Saved({ kept }: { kept: Kept }) {
  const { t } = useTranslation()
  const { saving } = kept
  const bad = saving === 'offline' || saving === 'refused' || saving === 'meanwhile'
  const Icon = bad ? IconCloudOff : saving === 'saved' ? IconCloudCheck : IconCloudUpload
  return (
    <span
      className={`k-saved ${bad ? 'k-tone-bad' : 'k-quiet'}`}
      role="status"
      data-testid="saving"
      data-saving={saving}
    >
      <Icon size={15} aria-hidden /> {t(`edit.${saving}`)}
    </span>
  )
}
