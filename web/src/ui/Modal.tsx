import { Modal as AnyModal, type ModalProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useWayOut } from './wayOut'

export function Modal(props: ModalProps) {
  const { t } = useTranslation()
  useWayOut(props.opened, props.onClose)
  return (
    <AnyModal closeOnEscape={false} returnFocus={false} closeButtonProps={{ 'aria-label': t('close') }} {...props} />
  )
}
