/** Where the playground leads to and asks. */
export interface PlaygroundLinks {
  /** Takes calls and knows what they cost. */
  calls: string
  help: string
  /** One's own keys, where more is asked for. */
  mine: string
  requests: string
}
