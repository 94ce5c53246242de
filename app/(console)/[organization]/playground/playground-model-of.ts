import type { PlaygroundModel } from '#components/playground/playground-facts.ts'
import type { DeploymentView, ModelView } from '#lib/models/model-view.ts'
import { canThink as claudeThinks, isUnsampled } from '#proxy/dialects/anthropic-messages/hub/models.ts'
import { canThink as geminiThinks } from '#proxy/dialects/gemini/hub/can-think.ts'
import { isThinker } from '#proxy/dialects/openai-chat/hub/is-thinker.ts'
import { reasoningEffortFor } from '#proxy/dialects/openai-chat/hub/reasoning-effort-for.ts'

const notForChats = /embed|rerank|moderation|whisper|transcribe|(?:^|-)tts|dall-e|gpt-image|imagen/i

/** As the gateway knows its deployments; null for what is not for chats. */
export function playgroundModelOf({ name, priced, deployments }: ModelView): PlaygroundModel | null {
  const [first] = deployments
  if (!first || deployments.every(isNotForChats)) return null
  const upstream = deployments.map(({ upstreamModel }) => upstreamModel)
  return {
    name,
    priced,
    takesTemperature: !upstream.some((model) => isThinker(model) || isUnsampled(model)),
    takesEffort: upstream.some(takesEffort),
    capField: upstream.some(isThinker) ? 'max_completion_tokens' : 'max_tokens',
  }
}

function isNotForChats({ upstreamModel, price }: DeploymentView): boolean {
  return notForChats.test(upstreamModel) || Boolean(price?.units.length)
}

function takesEffort(upstreamModel: string): boolean {
  const asked = { effort: 'low', budgetTokens: null, isShown: false } as const
  const asksOpenAi = reasoningEffortFor(asked, { vendor: '', upstreamModel }, () => undefined) !== null
  return asksOpenAi || claudeThinks(upstreamModel) || geminiThinks(upstreamModel)
}
