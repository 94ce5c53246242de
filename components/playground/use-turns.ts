'use client'

import { useEffect, useRef, useState } from 'react'
import { askModel } from './ask-model.ts'
import { findFigures } from './find-figures.ts'
import { isRunning } from './is-running.ts'
import { type Answer, noAnswer, type Turn } from './turn.ts'

interface Ask {
  turnId: number
  model: string
  keyId: string
  body: object
}

/** The conversation, and the calls that are under way in it. */
export function useTurns(callsPath: string, onBooked: () => void) {
  const [turns, setTurns] = useState<Turn[]>([])
  const controllers = useRef(new Map<string, AbortController>())
  useEffect(() => {
    const running = controllers.current
    // Nobody is left to read on.
    return () => {
      for (const controller of running.values()) controller.abort()
    }
  }, [])

  const setAnswer = (turnId: number, model: string, change: (now: Answer) => Answer) =>
    setTurns((now) =>
      now.map((turn) =>
        turn.id === turnId
          ? { ...turn, answers: { ...turn.answers, [model]: change(turn.answers[model] ?? noAnswer) } }
          : turn,
      ),
    )

  const ask = async ({ turnId, model, keyId, body }: Ask): Promise<void> => {
    const name = `${turnId} ${model}`
    const controller = new AbortController()
    controllers.current.set(name, controller)
    setAnswer(turnId, model, () => noAnswer)
    const url = `${callsPath}?key=${encodeURIComponent(keyId)}`
    const ended = await askModel({
      url,
      body,
      signal: controller.signal,
      onChange: (answer) => setAnswer(turnId, model, () => answer),
    })
    controllers.current.delete(name)
    setAnswer(turnId, model, () => ended)
    if (!ended.callId) return
    const figures = await findFigures(`${callsPath}/${ended.callId}`)
    // It may have been asked again by now.
    setAnswer(turnId, model, (now) => (now.callId === ended.callId ? { ...now, figures: figures ?? 'unknown' } : now))
    onBooked()
  }

  const stop = (turnId: number, model: string) => controllers.current.get(`${turnId} ${model}`)?.abort()
  const stopAll = () => {
    for (const controller of controllers.current.values()) controller.abort()
  }
  const running = turns.some(({ answers }) => Object.values(answers).some(isRunning))
  return { turns, setTurns, ask, stop, stopAll, running }
}
