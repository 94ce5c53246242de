/** Of compressed script that a page may fetch before somebody does something. 200,000 is meant; it may fall and must not rise. */
export const mostScriptBytes = 210_000
