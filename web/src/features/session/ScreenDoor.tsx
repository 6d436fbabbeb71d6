import { useMutation } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import { Loading, Trouble } from '@/ui/pieces'
import { Door } from './Door'

/** Opened by a link with a secret behind the #: this browser becomes a screen on the wall. */
export function ScreenDoor() {
  const { t } = useTranslation()
  const enter = useMutation({
    meta: { signIn: true },
    mutationFn: () => must(client.POST('/api/screen', { body: { secret: location.hash.slice(1) || '-' } })),
    // the secret leaves the address with the page, and whatever was shown here before with it
    onSuccess: () => {
      location.replace('/wall')
    },
  })
  const { mutate } = enter
  useEffect(() => {
    mutate()
  }, [mutate])
  return (
    <Door title={t('screen.title')}>
      {enter.error ? <Trouble error={enter.error} retry={() => mutate()} /> : <Loading />}
    </Door>
  )
}
