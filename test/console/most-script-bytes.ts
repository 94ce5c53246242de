/** Of compressed script that a page may fetch before somebody does something. */
export const mostScriptBytes = 200_000
