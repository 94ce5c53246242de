import { notFound } from 'next/navigation'

/** The living page is for those who build Stipend; anywhere else there is nothing here. */
export function allowDesign(): void {
  if (process.env.NODE_ENV !== 'development' && process.env.STIPEND_DESIGN !== '1') notFound()
}
