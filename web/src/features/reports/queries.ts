import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import type { components, operations } from '@/api/generated/schema'
import { client, must } from '@/api/client'
import { queries } from '@/api/queries'

type Schemas = components['schemas']
export type Table = Schemas['ReportTable']
export type Row = Schemas['ReportRow']
export type Figure = Schemas['ReportFigure']
export type Column = Schemas['ReportColumn']
export type Pair = Schemas['Pair']
export type About = Schemas['ReportAbout']
export type Choices = Schemas['ReportChoices']
export type Opened = Record<string, string | number | boolean | string[]>
export type Asked = operations['read_report']['parameters']['query']

export function useReports() {
  return useQuery({ queryKey: ['reports'], queryFn: () => must(client.GET('/api/reports')) })
}

export function useReport(id: string | undefined, query: Asked) {
  return useQuery({
    queryKey: ['reports', id, query],
    enabled: id !== undefined,
    queryFn: () => must(client.GET('/api/reports/{report_id}', { params: { path: { report_id: id ?? '' }, query } })),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })
}

export function useChoose() {
  return useMutation({
    mutationFn: (body: Choices) => must(client.PUT('/api/reports/choices', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['reports'] }),
  })
}

/** Where the file of a report is. */
export function fileAddress(id: string, query: Asked, format: string): string {
  const search = new URLSearchParams({ format })
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') search.append(name, String(value))
  return `/api/reports/${encodeURIComponent(id)}/file?${search.toString()}`
}

/** What the journal is narrowed to for one figure; undefined when it opens nothing. */
export function openedBy(table: Table, row: Row, at: number): Opened | undefined {
  const own = row.figures[at]?.opens ?? table.columns[at]?.opens
  if (!own || !row.opens) return undefined
  return { ...table.opens, ...row.opens, ...own }
}
