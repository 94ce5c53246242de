/** The node mount overwrites it on every page request with path and query as the browser asked for them. */
export const requestPathHeader = 'x-stipend-path'
