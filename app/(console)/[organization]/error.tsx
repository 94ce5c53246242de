'use client'

import PageError from '../../error.tsx'

/** Inside the shell, so that one can go elsewhere. */
export default PageError
