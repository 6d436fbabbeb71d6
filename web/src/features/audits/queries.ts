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
    queryFn: () => must(client.GET('/api/audits/{audit_id}', { params: { path: { audit_id: id } } })),
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

const refresh = () => queries.invalidateQueries({ queryKey: ['audits'] })

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

const PIECE = 768 * 1024

/** Sends the files piece by piece; `told` hears how many bytes have come. Goes on from wherever it was cut off. */
export async function upload(files: readonly File[], told: (bytes: number) => void, known?: Audit): Promise<Audit> {
  const audit =
    known ??
    (await must(client.POST('/api/audits', { body: { files: files.map(({ name, size }) => ({ name, size })) } })))
  let before = 0
  for (const [number, file] of files.entries()) {
    let got = audit.files[number]?.got ?? 0
    while (got < file.size) {
      const piece = file.slice(got, got + PIECE)
      const answer = await must(
        client.PUT('/api/audits/{audit_id}/files/{number}', {
          params: { path: { audit_id: audit.id, number }, query: { offset: got } },
          body: piece as unknown as string,
          bodySerializer: (body: unknown) => body as Blob,
          headers: { 'Content-Type': 'application/octet-stream' },
        }),
      )
      got = answer.got
      told(before + got)
    }
    before += file.size
  }
  return audit
}
