import { useMutation, useQuery } from '@tanstack/react-query'
import { client, must } from '@/api/client'
import type { PhoneAccounts } from '@/api/types'
import { phone } from '@/softphone/store'
import type { Device } from './device'

/** The names and passwords under which this person's telephones register. */
export function useAccounts() {
  return useQuery({
    queryKey: ['agent-phone'],
    queryFn: () => must(client.GET('/api/agents/me/phone')),
    select: ({ extension, accounts }: PhoneAccounts) => ({
      extension,
      web: accounts.find((account) => account.kind === 'web'),
      phone: accounts.find((account) => account.kind === 'phone'),
    }),
    staleTime: Infinity,
  })
}

export interface Wish {
  state: 'ready' | 'break' | 'offline'
  reason?: string
  device: Device
  /** he was warned that people wait, and goes all the same */
  insists?: boolean
}

export function useSetState() {
  return useMutation({
    mutationFn: ({ state, reason = '', device, insists = false }: Wish) =>
      must(client.POST('/api/agents/me/state', { body: { state, reason, device, insists } })),
  })
}

export function useFinishWrapUp() {
  return useMutation({ mutationFn: () => must(client.POST('/api/agents/me/wrap-up/finish')) })
}

/** The server takes the offer away; when it cannot be asked, the telephone itself says "busy". */
export function useReject() {
  return useMutation({
    mutationFn: (contact: string) =>
      must(client.POST('/api/agents/me/offers/{contact}/reject', { params: { path: { contact } } })),
    onError: () => phone.reject(),
  })
}

export function useHold() {
  return useMutation({
    mutationFn: ({ contact, held }: { contact: string; held: boolean }) =>
      must(client.POST('/api/agents/me/calls/{contact}/hold', { params: { path: { contact } }, body: { held } })),
  })
}

export function useOpenDoor() {
  return useMutation({
    mutationFn: (contact: string) =>
      must(client.POST('/api/agents/me/calls/{contact}/door', { params: { path: { contact } } })),
  })
}

/** My telephone rings first, then the person's; the browser's answers by itself, because I asked for it. */
export function useCallOut() {
  return useMutation({
    mutationFn: (number: string) => must(client.POST('/api/agents/me/calls', { body: { number, project: '' } })),
    onSuccess: ({ contact }) => phone.await(contact),
  })
}

interface Wanted {
  /** one of the two */
  colleague: string
  number: string
}

/** My telephone will ring when he is free, or when there is a line. */
export function useAwait() {
  return useMutation({ mutationFn: (body: Wanted) => must(client.POST('/api/agents/me/awaited', { body })) })
}

export function useAwaitNoMore() {
  return useMutation({ mutationFn: (body: Wanted) => must(client.POST('/api/agents/me/awaited/cancel', { body })) })
}

/** Leave the customer with music, for whoever takes him. */
export function usePark() {
  return useMutation({
    mutationFn: (contact: string) =>
      must(client.POST('/api/agents/me/calls/{contact}/park', { params: { path: { contact } } })),
  })
}

/** My telephone rings with him next; the browser's answers by itself, because I asked for him. "" = who rings longest. */
export function usePickUp() {
  return useMutation({
    mutationFn: (contact: string) =>
      must(
        contact
          ? client.POST('/api/agents/me/calls/{contact}/pick-up', { params: { path: { contact } } })
          : client.POST('/api/agents/me/pick-up'),
      ),
    onSuccess: ({ contact }) => phone.await(contact),
  })
}

/** The sound of my talk is lost: my telephone rings anew, and the browser's answers by itself. */
export function useReconnect() {
  return useMutation({
    mutationFn: (contact: string) => {
      phone.await(contact)
      return must(client.POST('/api/agents/me/calls/{contact}/reconnect', { params: { path: { contact } } }))
    },
  })
}

/** The queues that I serve. */
export function useMyQueues(wanted = true) {
  return useQuery({
    queryKey: ['agents', 'my-queues'],
    enabled: wanted,
    queryFn: () => must(client.GET('/api/agents/me/queues')),
    select: ({ queues }) => queues,
    staleTime: 60_000,
  })
}

interface Sent {
  contact: string
  to: 'agent' | 'queue' | 'number'
  target: string
}

export function useTransfer(onSuccess: () => void) {
  return useMutation({
    mutationFn: ({ contact, ...body }: Sent) =>
      must(client.POST('/api/agents/me/calls/{contact}/transfer', { params: { path: { contact } }, body })),
    onSuccess,
  })
}

export function useConsult(onSuccess: () => void) {
  return useMutation({
    mutationFn: ({ contact, ...body }: Sent) =>
      must(client.POST('/api/agents/me/calls/{contact}/consult', { params: { path: { contact } }, body })),
    onSuccess,
  })
}

export function useConsultWish() {
  return useMutation({
    mutationFn: ({ contact, wish }: { contact: string; wish: 'swap' | 'join' | 'complete' | 'cancel' }) =>
      must(
        client.POST('/api/agents/me/calls/{contact}/consult/wish', { params: { path: { contact } }, body: { wish } }),
      ),
  })
}

export function useHangUp() {
  return useMutation({
    mutationFn: (contact: string) =>
      must(client.POST('/api/agents/me/calls/{contact}/hang-up', { params: { path: { contact } } })),
  })
}

/** Ring my own telephone and then the debtor's. */
export function useCallBack() {
  return useMutation({
    mutationFn: (debt: string) =>
      must(client.POST('/api/debts/{debt_id}/call', { params: { path: { debt_id: debt } } })),
    onSuccess: ({ contact }) => phone.await(contact),
  })
}
