import { CopyButton } from '../ui/copy-button.tsx'

const fence = /^```([\w+#.-]*)[^\n]*\n([\s\S]*?)(?:^```[ \t]*$|(?![\s\S]))/gm

interface Piece {
  at: number
  kind: 'text' | 'code'
  text: string
}

/** Words as they came, with code set apart where it is fenced; also while its fence is still open. */
export function AnswerText({ text }: { text: string }) {
  return (
    <div className="grid min-w-0 grid-cols-1 gap-3">
      {piecesOf(text).map((piece) =>
        piece.kind === 'text' ? (
          <p key={piece.at} className="whitespace-pre-wrap break-words text-sm leading-6">
            {piece.text}
          </p>
        ) : (
          <div key={piece.at} className="relative min-w-0 rounded-md border bg-sunken">
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
            <pre tabIndex={0} className="quiet-scroll overflow-x-auto p-3 pr-11 font-mono text-xs leading-5">
              <code>{piece.text}</code>
            </pre>
            <CopyButton value={piece.text} className="absolute top-1 right-1 bg-sunken" />
          </div>
        ),
      )}
    </div>
  )
}

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = []
  const say = (at: number, words: string) => {
    const trimmed = words.replace(/^\n+|\n+$/g, '')
    if (trimmed) pieces.push({ at, kind: 'text', text: trimmed })
  }
  let end = 0
  for (const match of text.matchAll(fence)) {
    say(end, text.slice(end, match.index))
    pieces.push({ at: match.index, kind: 'code', text: (match[2] ?? '').replace(/\n$/, '') })
    end = match.index + match[0].length
  }
  say(end, text.slice(end))
  return pieces
}
