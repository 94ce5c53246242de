/** On everything that we send upstream, so that a provider that points back at this gateway is caught at once. */
export const depthHeader = 'x-stipend-depth'
