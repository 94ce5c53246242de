'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { Money } from '../money.tsx'
import { Callout } from '../ui/callout.tsx'
import { Table, TableBody, TableCell, TableFooter, TableHead, TableHeader, TableRow } from '../ui/table.tsx'
import type { RequestFacts } from './request-facts.ts'

/** What rates are for where nothing else is said. */
const tokensPerMtok = 1_000_000

/** How the cost came about: each class of tokens, and each kind of unit, at its rate, and the version of the price that said so. */
export function RequestCosts({ request }: { request: RequestFacts }) {
  const t = useTranslations('requests.detail')
  const format = useFormatter()
  const { parts, price } = request
  const isFree = request.costUsd === '0'
  if (!parts?.length) {
    const isKept = !isFree && request.inputTokens === null
    return (
      <div className="grid gap-2 text-sm">
        <p className="text-muted">{isKept ? t('kept') : isFree ? t('free') : t('unknown')}</p>
        {isFree ? null : (
          <p className="flex justify-between font-medium">
            {t('total')}
            <Money usd={request.costUsd} style="exact" />
          </p>
        )}
      </div>
    )
  }
  return (
    <div className="grid grid-cols-1 gap-3">
      <Table label={t('usage')}>
        <TableHeader className="static!">
          <TableRow>
            <TableHead>{t('class')}</TableHead>
            <TableHead numeric>{t('tokens')}</TableHead>
            <TableHead numeric>{t('rate')}</TableHead>
            <TableHead numeric>{t('cost')}</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {parts.map((part) => (
            <TableRow key={part.class}>
              <TableCell className="h-8">{t(`classes.${part.class}`)}</TableCell>
              <TableCell numeric className="h-8">
                {part.count === null ? '' : format.number(part.count)}
              </TableCell>
              <TableCell numeric className="h-8 text-muted">
                {part.count === null ? null : (
                  <>
                    <Money usd={part.rateUsd} style="exact" />
                    {part.per === tokensPerMtok ? null : ` / ${format.number(part.per)}`}
                  </>
                )}
              </TableCell>
              <TableCell numeric className="h-8">
                <Money usd={part.costUsd} style="exact" />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
        <TableFooter>
          <TableRow>
            <TableCell colSpan={3} className="h-9">
              {t('total')}
            </TableCell>
            <TableCell numeric className="h-9">
              <Money usd={request.costUsd} style="exact" />
            </TableCell>
          </TableRow>
        </TableFooter>
      </Table>
      {price ? (
        <p className="text-muted text-xs">
          {t('price', {
            date: format.dateTime(new Date(price.effectiveFrom), { dateStyle: 'medium' }),
            source: price.source,
          })}
          {request.tierAbove === null ? null : (
            <span className="block">{t('tier', { tokens: request.tierAbove })}</span>
          )}
        </p>
      ) : null}
      {request.overrunUsd === '0' ? null : (
        <Callout tone="warning" title={t('overrun')} action={<Money usd={request.overrunUsd} style="exact" />}>
          {t('overrunHint')}
        </Callout>
      )}
    </div>
  )
}
