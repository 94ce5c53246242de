import { Link2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { CodeBlock } from '../ui/code-block.tsx'
import { Disclosure } from '../ui/disclosure.tsx'
import type { ApiOperation } from './api-facts.ts'
import { FieldList } from './field-list.tsx'
import { MethodName } from './method-name.tsx'

/** One call: what it takes on the left, what to write and what comes back on the right. */
export function ApiOperationView({ operation }: { operation: ApiOperation }) {
  const t = useTranslations('reference')
  const { id, method, path, summary, permission, parameters, body, answer, samples, answerExample } = operation
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className="grid scroll-mt-16 grid-cols-1 gap-6 border-t py-8 first:border-t-0 first:pt-0 xl:grid-cols-2 xl:gap-10"
    >
      <div className="grid min-w-0 content-start gap-5">
        <div className="grid gap-2">
          <h2 id={`${id}-title`} className="group font-semibold text-base">
            {summary}{' '}
            <a
              href={`#${id}`}
              aria-label={t('linkTo', { path: `${method} ${path}` })}
              className="inline-grid size-6 place-items-center rounded-sm align-middle text-faint hover:text-foreground"
            >
              <Link2 className="size-3.5" aria-hidden="true" />
            </a>
          </h2>
          <p className="flex flex-wrap items-baseline gap-x-2">
            <MethodName method={method} />
            <code className="break-all font-mono text-xs">{path}</code>
          </p>
          <p className="text-muted text-xs">{t('permission', { permission })}</p>
        </div>
        <FieldList title={t('parameters')} fields={parameters} />
        <FieldList title={t('body')} fields={body} />
        {answer.length > 0 ? (
          <Disclosure title={t('answerFields')}>
            <FieldList fields={answer} />
          </Disclosure>
        ) : null}
      </div>
      <div className="grid min-w-0 content-start gap-3">
        <CodeBlock label={t('requestOf', { path: `${method} ${path}` })} samples={samples} />
        <CodeBlock
          label={t('answerOf', { path: `${method} ${path}` })}
          samples={[{ label: t('answer'), code: answerExample }]}
        />
      </div>
    </section>
  )
}
