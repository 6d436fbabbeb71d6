import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { client, isSignedOut, must, rememberCsrf } from '@/api/client'
import { queries } from '@/api/queries'
import type { Me } from '@/api/types'
import { chooseLocale, rememberedLocale } from '@/i18n'
import { live, useConnection } from '@/realtime/live'
import { phone, phoneTab } from '@/softphone/store'

const KEY = ['session']

function adopt(me: Me): Me {
  rememberCsrf(me.csrf_token)
  if (!rememberedLocale()) chooseLocale(me.locale)
  return me
}

/** What one person saw must not be shown to the next. The session itself stays: the page watches it. */
function forgetOthers(): void {
  queries.removeQueries({ predicate: (query) => query.queryKey[0] !== KEY[0] })
}

/** Who is signed in; null when nobody is. */
export function useSession() {
  return useQuery({
    queryKey: KEY,
    queryFn: async (): Promise<Me | null> => {
      try {
        return adopt(await must(client.GET('/api/session')))
      } catch (error) {
        if (isSignedOut(error)) return null
        throw error
      }
    },
    staleTime: Infinity,
  })
}

/** The live picture was refused: whether the session still stands decides what is shown, and if the picture comes back. */
export function useRefusalCheck(): void {
  const refused = useConnection() === 'refused'
  const { refetch } = useSession()
  useEffect(() => {
    if (refused) void refetch().then(() => live.hurry())
  }, [refused, refetch])
}

/** The person at this screen. Only for what is drawn inside of the signed-in page. */
export function useMe(): Me {
  const { data } = useSession()
  if (!data) throw new Error('nobody is signed in')
  return data
}

export function useMay(): (permission: string) => boolean {
  const { permissions } = useMe()
  return (permission) => permissions.includes(permission as (typeof permissions)[number])
}

export function useSignIn() {
  return useMutation({
    meta: { signIn: true },
    mutationFn: async (given: { login: string; password: string }) =>
      adopt(await must(client.POST('/api/session', { body: given }))),
    onSuccess: (me) => {
      forgetOthers()
      queries.setQueryData(KEY, me)
    },
  })
}

export function useChangePassword() {
  return useMutation({
    mutationFn: async (given: { old_password: string; new_password: string }) =>
      adopt(await must(client.POST('/api/session/password', { body: given }))),
    onSuccess: (me) => queries.setQueryData(KEY, me),
  })
}

export function useSignOut() {
  return useMutation({
    mutationFn: () => must(client.DELETE('/api/session')),
    onSuccess: () => {
      phone.stop()
      phoneTab.letGo()
      live.stop()
      forgetOthers()
      queries.setQueryData(KEY, null)
    },
  })
}
