/** What a model wrote, to be counted only if need be. */
export interface Written {
  /** Cheap: false when that many tokens are surely enough for all of it. */
  mayExceed(tokens: number): boolean
  read(): WrittenText
}

export interface WrittenText {
  texts: string[]
  /** Of text that was too long to keep. */
  unkeptBytes: number
  /** In how many pieces it came; a piece is at least a token, or as good as one. */
  pieces: number
}

export const nothingWritten: Written = {
  mayExceed: () => false,
  read: () => ({ texts: [], unkeptBytes: 0, pieces: 0 }),
}
