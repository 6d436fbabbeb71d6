import { Outlet, useRouter, useRouterState } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { NewPassword } from './features/session/NewPassword'
import { useRefusalCheck, useSession } from './features/session/session'
import { isScreen, ScreenClosed, ScreenDoor } from './features/session/ScreenDoor'
import { SignIn } from './features/session/SignIn'
import { live } from './realtime/live'
import { Loading, Trouble } from './ui/pieces'
import { Shell } from './ui/Shell'

const Wall = lazy(() => import('./features/floor/Wall').then((found) => ({ default: found.Wall })))

/** Nobody passes without being signed in and having an own password. */
export function Gate() {
  const { t } = useTranslation()
  const session = useSession()
  const router = useRouter()
  const atHome = useRouterState({ select: (state) => state.location.pathname === '/' })
  const path = useRouterState({ select: (state) => state.location.pathname })
  const entered = !!session.data && !session.data.must_change_password

  useEffect(() => {
    if (entered && atHome) void router.invalidate()
  }, [entered, atHome, router])

  if (path === '/screen') return <ScreenDoor />
  if (session.isPending) return <Loading />
  if (session.isError)
    return (
      <main className="k-door" aria-label={t('product')}>
        <Trouble error={session.error} retry={() => void session.refetch()} />
      </main>
    )
  if (!session.data && path === '/wall' && isScreen()) return <ScreenClosed />
  if (!session.data || (session.data.screen && path === '/sign-in')) return <SignIn />
  if (session.data.must_change_password) return <NewPassword />
  if (session.data.screen)
    return (
      <LiveRoom>
        <Suspense fallback={<Loading />}>
          <Wall />
        </Suspense>
      </LiveRoom>
    )
  if (path === '/wall')
    return (
      <LiveRoom>
        <Outlet />
      </LiveRoom>
    )
  return (
    <Shell>
      <Outlet />
    </Shell>
  )
}

/** A screen without the header: a television has no keyboard. */
function LiveRoom({ children }: { children: ReactNode }) {
  useEffect(() => {
    live.start()
    return () => live.stop()
  }, [])
  useRefusalCheck()
  return (
    <main className="k-main" style={{ height: '100vh' }}>
      {children}
    </main>
  )
}
