import { useMutation, useQuery } from '@tanstack/react-query'
import { client, must } from '@/api/client'
import type { components } from '@/api/generated/schema'
import { queries } from '@/api/queries'

type Schemas = components['schemas']
export type Audit = Schemas['AuditBrief']
export type Looked = Schemas['Looked']
export type Wish = Partial<Schemas['AuditWish']>
export type Mapping = Schemas['ColumnMapping']
export type Report = Schemas['AuditReport']

export function useAudits() {
  return useQuery({
    queryKey: ['audits', 'list'],
    queryFn: () => must(client.GET('/api/audits')),
    refetchInterval: (query) => (query.state.data?.some((one) => one.state === 'counting') ? 2_000 : false),
  })
}

export function useAudit(id: string) {
  return useQuery({
    queryKey: ['audits', 'one', id],
    queryFn: () => audit(id),
    refetchInterval: (query) => (query.state.data?.state === 'counting' ? 1_000 : false),
  })
}

export function useLook(id: string) {
  return useQuery({
    queryKey: ['audits', 'look', id],
    staleTime: Infinity,
    queryFn: () => must(client.POST('/api/audits/{audit_id}/look', { params: { path: { audit_id: id } } })),
  })
}

export function useResult(id: string) {
  return useQuery({
    queryKey: ['audits', 'result', id],
    queryFn: () => must(client.GET('/api/audits/{audit_id}/result', { params: { path: { audit_id: id } } })),
  })
}

export function useProfiles() {
  return useQuery({ queryKey: ['audits', 'profiles'], queryFn: () => must(client.GET('/api/audits/profiles')) })
}

export const refresh = () => queries.invalidateQueries({ queryKey: ['audits'] })

export function useCount(id: string) {
  return useMutation({
    mutationFn: (body: Wish) =>
      must(
        client.POST('/api/audits/{audit_id}/count', {
          params: { path: { audit_id: id } },
          body: body as Schemas['AuditWish'],
        }),
      ),
    onSuccess: refresh,
  })
}

export function useRemove() {
  return useMutation({
    mutationFn: (id: string) => must(client.DELETE('/api/audits/{audit_id}', { params: { path: { audit_id: id } } })),
    onSuccess: refresh,
  })
}

export const announce = (files: readonly File[]) =>
  must(client.POST('/api/audits', { body: { files: files.map(({ name, size }) => ({ name, size })) } }))

export const audit = (id: string) => must(client.GET('/api/audits/{audit_id}', { params: { path: { audit_id: id } } }))

/** Sends bytes of a file from `offset`; → how many of the file the server has. */
export async function sendPiece(id: string, number: number, offset: number, piece: Blob): Promise<number> {
  const answer = await must(
    client.PUT('/api/audits/{audit_id}/files/{number}', {
      params: { path: { audit_id: id, number }, query: { offset } },
      body: piece as unknown as string,
      bodySerializer: (body: unknown) => body as Blob,
      headers: { 'Content-Type': 'application/octet-stream' },
    }),
  )
  return answer.got
}
