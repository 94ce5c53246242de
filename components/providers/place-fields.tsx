'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { type PlaceValues, readAddress, writeAddress } from './place-address.ts'
import type { VendorFacts } from './provider-facts.ts'

interface PlaceFieldsProps {
  vendor: VendorFacts
  baseUrl: string
  onBaseUrl: (baseUrl: string) => void
}

/** What people know of their account, instead of the address that it makes; whoever has another address writes that. */
export function PlaceFields({ vendor, baseUrl, onBaseUrl }: PlaceFieldsProps) {
  const t = useTranslations('providers.form.place')
  const [typed, setTyped] = useState<PlaceValues>(() => (vendor.place && readAddress(vendor.place, baseUrl)) ?? {})
  if (!vendor.place) return null
  const { fields } = vendor.place
  const change = (values: PlaceValues) => {
    setTyped(values)
    if (vendor.place) onBaseUrl(writeAddress(vendor.place, values))
  }
  return (
    <div className="grid grid-cols-1 items-start gap-4 sm:grid-cols-2">
      {fields.map((name) => (
        <Field key={name} label={t(`${name}.label`)} hint={t(`${name}.hint`)} optional={name === 'apiVersion'}>
          <Input
            value={typed[name] ?? ''}
            onChange={(event) => change({ ...typed, [name]: event.target.value })}
            mono
            spellCheck={false}
            autoCapitalize="none"
            placeholder={t(`${name}.example`)}
          />
        </Field>
      ))}
    </div>
  )
}
