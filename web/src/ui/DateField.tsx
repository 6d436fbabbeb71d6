import { TextInput } from '@mantine/core'
import { lazy, Suspense } from 'react'
import type { DateFieldProps } from './DateInput'

const DateInput = lazy(() => import('./DateInput').then(({ DateInput }) => ({ default: DateInput })))

/** See DateInput, which comes after the page: nobody types a date in its first moment. */
export function DateField(props: DateFieldProps) {
  const { label, description, w } = props
  return (
    <Suspense fallback={<TextInput label={label} description={description} w={w} disabled />}>
      <DateInput {...props} />
    </Suspense>
  )
}
