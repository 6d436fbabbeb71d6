import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { client, must } from '@/api/client'
import { Loading, Note, Trouble } from '@/ui/pieces'
import { Door } from './Door'

const KEY = 'kaska.screen'

/** This browser was let in as a screen on the wall once. */
export const isScreen = (): boolean => localStorage.getItem(KEY) === 'yes'

/** In place of a sign-in that nobody at a television can fill in. */
export function ScreenClosed() {
  const { t } = useTranslation()
  const forget = () => localStorage.removeItem(KEY)
  return (
    <Door title={t('screen.title')}>
      <Note tone="care" testId="screen-closed">
        {t('screen.closed')}
      </Note>
      <Link to="/sign-in" className="k-link" onClick={forget}>
        {t('session.enter')}
      </Link>
    </Door>
  )
}

/** Opened by a link with a secret behind the #: this browser becomes a screen on the wall. */
export function ScreenDoor() {
  const { t } = useTranslation()
  const enter = useMutation({
    meta: { signIn: true },
    mutationFn: () => must(client.POST('/api/screen', { body: { secret: location.hash.slice(1) || '-' } })),
    // the secret leaves the address with the page, and whatever was shown here before with it
    onSuccess: () => {
      localStorage.setItem(KEY, 'yes')
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
