import { type AlertKindName, alertKinds, type ChannelFacts, type ChannelKindName } from './alert-facts.ts'

/** As it is typed: recipients in one line, every kind of alert ticked by itself. */
interface TypedChannel {
  name: string
  kind: ChannelKindName
  recipients: string
  url: string
  secret: string
  alertKinds: AlertKindName[]
}

type Problem = 'required' | 'recipients' | 'address' | 'name' | 'taken' | 'kinds'
export type ChannelProblems = Partial<Record<'name' | 'recipients' | 'url' | 'alertKinds', Problem>>

export function draftOfChannel(channel: ChannelFacts | null): TypedChannel {
  const chosen = channel?.alertKinds ?? []
  return {
    name: channel?.name ?? '',
    kind: channel?.kind ?? 'email',
    recipients: channel?.kind === 'email' ? channel.target : '',
    url: '',
    secret: '',
    alertKinds: chosen.length === 0 ? [...alertKinds] : [...chosen],
  }
}

export function recipientsOf(text: string): string[] {
  return text.split(/[\s,;，；]+/).filter(Boolean)
}

export function problemsOfChannel({ name, kind, recipients, url, alertKinds: kinds }: TypedChannel, isNew: boolean) {
  const problems: ChannelProblems = {}
  if (!name.trim()) problems.name = 'required'
  if (kinds.length === 0) problems.alertKinds = 'kinds'
  if (kind === 'email') {
    const addresses = recipientsOf(recipients)
    if (addresses.length === 0) problems.recipients = 'required'
    else if (!addresses.every((address) => /^\S+@\S+\.\S+$/.test(address))) problems.recipients = 'recipients'
  }
  // An address that is left empty stays what it is.
  if (kind !== 'email') {
    if (!url.trim()) {
      if (isNew) problems.url = 'required'
    } else if (!URL.canParse(url.trim())) problems.url = 'address'
  }
  return problems
}
