'use client'

import { useTranslations } from 'next-intl'
import type { PriceDraft, PriceField } from '../prices/price-draft.ts'
import { PriceFields } from '../prices/price-fields.tsx'
import { PriceLine } from '../prices/price-line.tsx'
import { Callout } from '../ui/callout.tsx'
import { Field } from '../ui/field.tsx'
import { RadioCards } from '../ui/radio-cards.tsx'
import { Spinner } from '../ui/spinner.tsx'
import type { CatalogueFacts } from './model-actions.ts'

interface ModelPriceChoiceProps {
  /** There is a model to look up. */
  isAsked: boolean
  /** Null while it is looked up. */
  catalogue: CatalogueFacts | null
  /** The price typed by hand; null: the catalogue's, or none. */
  own: PriceDraft | null
  wrong: readonly PriceField[]
  onChange: (own: PriceDraft | null) => void
  onOwn: () => void
}

/** The catalogue's price or an own one; where the catalogue has none, what that means. */
export function ModelPriceChoice({ isAsked, catalogue, own, wrong, onChange, onOwn }: ModelPriceChoiceProps) {
  const t = useTranslations('models.form')
  const price = catalogue?.price ?? null
  return (
    <div className="grid grid-cols-1 gap-3">
      <Field label={t('price')}>
        <RadioCards
          value={own ? 'own' : 'catalogue'}
          onValueChange={(choice) => (choice === 'own' ? onOwn() : onChange(null))}
          options={[
            catalogue && !price
              ? { value: 'catalogue', label: t('priceNone'), description: t('priceNoneHint') }
              : { value: 'catalogue', label: t('priceCatalogue'), description: t('priceCatalogueHint') },
            { value: 'own', label: t('priceOwn'), description: t('priceOwnHint') },
          ]}
        />
      </Field>
      <div aria-live="polite" className="grid min-h-6 grid-cols-1">
        {own ? (
          <PriceFields draft={own} wrong={wrong} onChange={onChange} />
        ) : !isAsked ? (
          <p className="text-muted text-sm">{t('priceChoose')}</p>
        ) : !catalogue ? (
          <p className="flex items-center gap-2 text-muted text-sm">
            <Spinner />
            {t('priceLooking')}
          </p>
        ) : price ? (
          <PriceLine price={price} />
        ) : (
          <Callout tone="warning">{t('priceMissing')}</Callout>
        )}
      </div>
    </div>
  )
}
