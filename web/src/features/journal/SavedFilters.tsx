import { ActionIcon, Button, Checkbox, Group, Menu, TextInput } from '@mantine/core'
import { IconBookmark, IconPencil, IconTrash, IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '@/features/session/session'
import { Note, Trouble } from '@/ui/pieces'
import { Modal } from '@/ui/Modal'
import { type Filters, isNarrowed, keptOf, parseFilters } from './filters'
import { type Saved, useDelete, useKeep, useSaved } from './saved'

interface Props {
  filters: Filters
  onOpen: (filters: Filters) => void
}

/** Filters under names: one's own and those for all. Opened by a click, changed by a pencil. */
export function SavedFilters({ filters, onOpen }: Props) {
  const { t } = useTranslation()
  const list = useSaved()
  const [editing, setEditing] = useState<Saved | 'new'>()
  const now = JSON.stringify(parseFilters({ ...keptOf(filters) }))
  return (
    <>
      <Menu position="bottom-end" width={320}>
        <Menu.Target>
          <Button variant="default" leftSection={<IconBookmark size={14} />} data-testid="saved-filters">
            {t('saved.title')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={420} style={{ overflow: 'auto' }}>
          {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
          {list.data?.length === 0 && <Menu.Label>{t('saved.none')}</Menu.Label>}
          {list.data?.map((one) => {
            const opened = parseFilters(one.filter)
            return (
              <Group key={one.id} gap={2} wrap="nowrap">
                <Menu.Item
                  className="k-grow"
                  onClick={() => onOpen(opened)}
                  aria-current={JSON.stringify(opened) === now || undefined}
                  fw={JSON.stringify(opened) === now ? 600 : undefined}
                  rightSection={one.shared && <IconUsers size={13} aria-label={t('saved.shared')} />}
                  title={one.mine ? undefined : t('saved.by', { name: one.owner_name })}
                  data-testid="saved-filter"
                >
                  {one.name}
                </Menu.Item>
                {one.may_change && (
                  <ActionIcon
                    role="menuitem"
                    variant="subtle"
                    color="gray"
                    aria-label={t('saved.change_named', { name: one.name })}
                    title={t('saved.change')}
                    onClick={() => setEditing(one)}
                    data-testid="saved-filter-change"
                  >
                    <IconPencil size={14} />
                  </ActionIcon>
                )}
              </Group>
            )
          })}
          <Menu.Divider />
          <Menu.Item disabled={!isNarrowed(filters)} onClick={() => setEditing('new')} data-testid="saved-filter-new">
            {t(isNarrowed(filters) ? 'saved.keep' : 'saved.nothing_to_keep')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {editing && (
        <Editor
          key={editing === 'new' ? 'new' : editing.id}
          saved={editing === 'new' ? undefined : editing}
          filters={filters}
          onClose={() => setEditing(undefined)}
        />
      )}
    </>
  )
}

function Editor({ saved, filters, onClose }: { saved?: Saved; filters: Filters; onClose: () => void }) {
  const { t } = useTranslation()
  const shares = useMay()('share_filters')
  const keep = useKeep()
  const remove = useDelete()
  const [name, setName] = useState(saved?.name ?? filters.why ?? '')
  const [shared, setShared] = useState(saved?.shared ?? false)
  const [replacing, setReplacing] = useState(false)
  const [sure, setSure] = useState(false)
  const filter = saved && !replacing ? undefined : keptOf(filters)
  return (
    <Modal opened onClose={onClose} title={t(saved ? 'saved.change' : 'saved.keep')} size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim()) keep.mutate({ id: saved?.id, name: name.trim(), shared, filter }, { onSuccess: onClose })
        }}
        style={{ display: 'grid', gap: 12 }}
      >
        <TextInput
          label={t('saved.name')}
          placeholder={t('saved.name_example')}
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
          data-testid="saved-filter-name"
        />
        {shares && (
          <Checkbox
            label={t('saved.for_all')}
            description={t('saved.for_all_hint')}
            checked={shared}
            onChange={(event) => setShared(event.currentTarget.checked)}
            data-testid="saved-filter-shared"
          />
        )}
        {saved && isNarrowed(filters) && (
          <Checkbox
            label={t('saved.replace')}
            checked={replacing}
            onChange={(event) => setReplacing(event.currentTarget.checked)}
          />
        )}
        {keep.error && <Trouble error={keep.error} />}
        {remove.error && <Trouble error={remove.error} />}
        {sure && saved?.shared && <Note tone="care">{t('saved.deletes_for_all')}</Note>}
        <Group justify="space-between">
          {saved ? (
            <Button
              variant={sure ? 'filled' : 'subtle'}
              color="red"
              leftSection={<IconTrash size={14} />}
              loading={remove.isPending}
              onClick={() => (sure ? remove.mutate(saved.id, { onSuccess: onClose }) : setSure(true))}
              data-testid="saved-filter-delete"
            >
              {t(sure ? 'saved.delete_sure' : 'saved.delete')}
            </Button>
          ) : (
            <span className="k-quiet">{t('saved.link_hint')}</span>
          )}
          <Button type="submit" loading={keep.isPending} disabled={!name.trim()} data-testid="saved-filter-save">
            {t('save')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
