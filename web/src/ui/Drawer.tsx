import { Drawer as AnyDrawer, type DrawerProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useWayOut } from './wayOut'

export function Drawer(props: DrawerProps) {
  const { t } = useTranslation()
  useWayOut(props.opened, props.onClose)
  return (
    <AnyDrawer closeOnEscape={false} returnFocus={false} closeButtonProps={{ 'aria-label': t('close') }} {...props} />
  )
}
