import type { PlaceField } from '#lib/core/address-form.ts'

/** Where Gemini and the models of others can be called on Vertex AI; the names of the places are messages. */
const locations = [
  'global',
  'us-central1',
  'us-east1',
  'us-east4',
  'us-east5',
  'us-south1',
  'us-west1',
  'us-west4',
  'northamerica-northeast1',
  'southamerica-east1',
  'europe-central2',
  'europe-north1',
  'europe-southwest1',
  'europe-west1',
  'europe-west2',
  'europe-west3',
  'europe-west4',
  'europe-west8',
  'europe-west9',
  'me-west1',
  'asia-east1',
  'asia-east2',
  'asia-northeast1',
  'asia-northeast3',
  'asia-south1',
  'asia-southeast1',
  'australia-southeast1',
] as const

/** Where Bedrock runs models. */
const regions = [
  'us-east-1',
  'us-east-2',
  'us-west-2',
  'ca-central-1',
  'sa-east-1',
  'eu-central-1',
  'eu-central-2',
  'eu-north-1',
  'eu-south-1',
  'eu-south-2',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
] as const

/** Of Azure's older addresses. The first is the last one that is no preview. */
const versions = ['2024-10-21', '2025-04-01-preview', '2025-03-01-preview', '2025-01-01-preview'] as const

export type Region = (typeof locations)[number] | (typeof regions)[number]

/** What most accounts have there; any other can be written. */
export const usualRegions: Partial<Record<PlaceField, readonly Region[]>> = { location: locations, region: regions }

export const usualVersions: readonly string[] = versions
