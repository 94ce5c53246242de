/** Of compressed script that a page may fetch before somebody does something. */
export const mostScriptBytes = 216_000
