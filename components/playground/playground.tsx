'use client'

import { Code, Link2, Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { sumAmounts } from '../charts/sum-amounts.ts'
import { Money } from '../money.tsx'
import { Button } from '../ui/button.tsx'
import { lateDialog } from '../ui/late-dialog.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { toast } from '../ui/toast.ts'
import { bodyOf } from './body-of.ts'
import { ColumnTabs } from './column-tabs.tsx'
import { Composer } from './composer.tsx'
import { type Draft, mostModels, noSettings } from './draft.ts'
import { FirstQuestions } from './first-questions.tsx'
import { isRunning } from './is-running.ts'
import { messagesOf } from './messages-of.ts'
import { packDraft } from './pack-draft.ts'
import { PlaygroundBar } from './playground-bar.tsx'
import type { PlaygroundKey, PlaygroundModel } from './playground-facts.ts'
import type { PlaygroundLinks } from './playground-links.ts'
import { readParameters } from './read-parameters.ts'
import { savedTurnsOf } from './saved-turns-of.ts'
import type { Turn } from './turn.ts'
import { TurnView } from './turn-view.tsx'
import { turnsOfSaved } from './turns-of-saved.ts'
import { draftMark, useDraft } from './use-draft.ts'
import { useEscape } from './use-escape.ts'
import { useTurns } from './use-turns.ts'

const CodeDialog = lateDialog(async () => (await import('./code-dialog.tsx')).CodeDialog)

interface PlaygroundProps {
  /** One's own; the first is taken. */
  keys: readonly [PlaygroundKey, ...PlaygroundKey[]]
  models: readonly PlaygroundModel[]
  links: PlaygroundLinks
  /** With /v1. */
  baseUrl: string
  /** Under which this browser keeps what was written. */
  storageKey: string
}

/** The same question to several models, through the gateway and paid by one's own key. */
export function Playground({ keys, models: all, links, baseUrl, storageKey }: PlaygroundProps) {
  const t = useTranslations('playground')
  const router = useRouter()
  const writing = useRef<HTMLTextAreaElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const nextId = useRef(1)
  const [keyId, setKeyId] = useState(keys[0].id)
  const [chosen, setChosen] = useState<string[] | null>(null)
  const [settings, setSettings] = useState(noSettings)
  const [text, setText] = useState('')
  const [shown, setShown] = useState('')
  const [codeOpen, setCodeOpen] = useState(false)
  const { turns, setTurns, ask, stop, stopAll, running } = useTurns(links.calls, () => router.refresh())

  const key = keys.find(({ id }) => id === keyId) ?? keys[0]
  const callable = all.filter(({ name }) => key.models.includes(name))
  const models = (chosen ?? callable.slice(0, 1).map(({ name }) => name)).flatMap(
    (name) => callable.find((model) => model.name === name) ?? [],
  )
  const names = models.map(({ name }) => name)
  const { parameters, problems } = readParameters(settings)
  const column = names.includes(shown) ? shown : (names[0] ?? '')
  const draft: Draft = { models: names, settings, text, turns: savedTurnsOf(turns) }

  useDraft(storageKey, running ? null : draft, (kept) => {
    const known = kept.models.filter((name) => all.some((model) => model.name === name))
    setChosen(known.length > 0 ? known : null)
    setSettings(kept.settings)
    setText(kept.text)
    setTurns(turnsOfSaved(kept.turns, () => nextId.current++))
  })

  const askAll = (before: readonly Turn[], said: string) => {
    const id = nextId.current++
    setTurns([...before, { id, text: said, answers: {} }])
    for (const model of models) {
      const messages = messagesOf(settings.system, before, model.name, said)
      void ask({ turnId: id, model: model.name, keyId: key.id, body: bodyOf(model, messages, parameters) })
    }
    requestAnimationFrame(() => list.current?.lastElementChild?.scrollIntoView({ block: 'start' }))
  }
  const retry = (turn: Turn, name: string) => {
    const model = models.find((one) => one.name === name)
    if (!model) return
    const messages = messagesOf(settings.system, turns.slice(0, turns.indexOf(turn)), name, turn.text)
    void ask({ turnId: turn.id, model: name, keyId: key.id, body: bodyOf(model, messages, parameters) })
  }
  const canAsk = models.length > 0 && problems.size === 0 && !running
  const send = () => {
    setText('')
    askAll(turns, text)
  }
  const clear = () => {
    stopAll()
    setTurns([])
    setText('')
    writing.current?.focus()
  }
  const share = async () => {
    const { origin, pathname } = window.location
    try {
      await navigator.clipboard.writeText(`${origin}${pathname}${draftMark}${await packDraft(draft)}`)
      toast.success(t('share.copied'), { description: t('share.note') })
    } catch {
      toast.error(t('share.failed'))
    }
  }

  useEscape(running, stopAll)

  const costs = turns.flatMap(({ answers }) =>
    Object.values(answers).flatMap(({ figures }) => (typeof figures === 'object' ? [figures.costUsd] : [])),
  )
  const last = turns.at(-1)
  const answering = new Set(names.filter((name) => last?.answers[name] && isRunning(last.answers[name])))
  const [first, ...others] = models
  const note = () => {
    if (!first) return t('composer.noModel')
    if (problems.size > 0) return t('composer.problem')
    if (costs.length === 0) return t('composer.paidBy', { key: key.name })
    return t.rich('composer.cost', { cost: () => <Money usd={sumAmounts(costs, 'usd')} style="exact" /> })
  }
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          <>
            <Button onClick={share} disabled={running}>
              <Link2 />
              {t('share.button')}
            </Button>
            <Button onClick={() => setCodeOpen(true)} disabled={!first}>
              <Code />
              {t('code.button')}
            </Button>
            <Button onClick={clear} disabled={turns.length === 0 && text === ''}>
              <Plus />
              {t('clear')}
            </Button>
          </>
        }
      />
      <PlaygroundBar
        keys={keys}
        keyId={key.id}
        onKey={setKeyId}
        callable={callable}
        models={models}
        onModels={(next) => setChosen(next.slice(0, mostModels))}
        settings={settings}
        onSettings={(part) => setSettings((now) => ({ ...now, ...part }))}
        problems={problems}
        disabled={running}
      />
      {names.length > 1 && turns.length > 0 ? (
        <ColumnTabs models={names} shown={column} running={answering} onShow={setShown} />
      ) : null}
      {turns.length === 0 ? (
        <FirstQuestions
          onPick={(question) => {
            setText(question)
            writing.current?.focus()
          }}
        />
      ) : (
        <div ref={list} className="grid grid-cols-1 gap-10 pb-4">
          {turns.map((turn, index) => (
            <TurnView
              key={turn.id}
              turn={turn}
              models={names}
              shown={column}
              links={links}
              onEdit={canAsk ? (said) => askAll(turns.slice(0, index), said) : null}
              onStop={(name) => stop(turn.id, name)}
              onRetry={turn === last && problems.size === 0 ? (name) => retry(turn, name) : null}
            />
          ))}
        </div>
      )}
      <Composer
        ref={writing}
        text={text}
        onText={setText}
        onSend={canAsk && text.trim() !== '' ? send : null}
        onStop={running ? stopAll : null}
        note={note()}
      />
      {first ? (
        <CodeDialog
          open={codeOpen}
          onOpenChange={setCodeOpen}
          baseUrl={baseUrl}
          models={[first, ...others]}
          messagesFor={(name) => {
            const isAsked = text.trim() !== '' || !last
            return isAsked
              ? messagesOf(settings.system, turns, name, text || t('start.questions.explain'))
              : messagesOf(settings.system, turns.slice(0, -1), name, last.text)
          }}
          parameters={parameters}
        />
      ) : null}
    </div>
  )
}
