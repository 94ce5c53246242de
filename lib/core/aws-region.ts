/**
 * The region that a call to Bedrock is signed for: it stands in Amazon's own host names. Other hosts, such as a proxy
 * before it, have it in the query of the base URL. Null: nobody says.
 */
export function awsRegionOf(baseUrl: string): string | null {
  const url = new URL(baseUrl)
  const told =
    url.searchParams.get('region') ?? /(?:^|\.)bedrock(?:-runtime)?(?:-fips)?\.([\w-]+)\./.exec(url.host)?.[1]
  return told && isAwsRegion(told) ? told : null
}

/** Whether a text has the form of a region's name, such as us-east-1. */
export function isAwsRegion(text: string): boolean {
  return /^[a-z]{2}(?:-[a-z]+){1,3}-\d{1,2}$/.test(text)
}
