import type { Refusal } from './refusal.ts'

const tooFast = 'Rate limit reached for requests per minute. Please try again in 1s.'

/** Refusals that can be ordered as faults, in the words of the vendor. */
export const refusals = {
  'status-400': {
    status: 400,
    code: 'unsupported_value',
    type: 'invalid_request_error',
    message: 'Unsupported value: this model does not support one of the values in this request.',
    param: 'temperature',
  },
  'status-401': {
    status: 401,
    code: 'invalid_api_key',
    type: 'invalid_request_error',
    message: 'Incorrect API key provided. You can find your API key in the settings of your account.',
  },
  'status-403': {
    status: 403,
    code: 'unsupported_country_region_territory',
    type: 'request_forbidden',
    message: 'Country, region, or territory not supported.',
  },
  'status-404': {
    status: 404,
    code: 'model_not_found',
    type: 'invalid_request_error',
    message: 'The model does not exist or you do not have access to it.',
  },
  'status-408': { status: 408, code: null, type: 'server_error', message: 'Request timed out.' },
  'status-413': {
    status: 413,
    code: 'request_too_large',
    type: 'invalid_request_error',
    message: 'Request body is too large.',
  },
  'status-429': {
    status: 429,
    code: 'rate_limit_exceeded',
    type: 'requests',
    message: tooFast,
    headers: { 'retry-after': '1', 'retry-after-ms': '800' },
  },
  'status-429-no-retry-after': { status: 429, code: 'rate_limit_exceeded', type: 'requests', message: tooFast },
  'status-429-no-credit': {
    status: 429,
    code: 'insufficient_quota',
    type: 'insufficient_quota',
    message: 'You exceeded your current quota, please check your plan and billing details.',
  },
  'status-500': {
    status: 500,
    code: null,
    type: 'server_error',
    message: 'The server had an error while processing your request. Sorry about that!',
  },
  'status-502': { status: 502, code: null, type: 'server_error', message: 'Bad gateway.' },
  'status-503': {
    status: 503,
    code: null,
    type: 'server_error',
    message: 'The engine is currently overloaded, please try again later.',
  },
  'status-529': { status: 529, code: null, type: 'overloaded_error', message: 'Overloaded.' },
} satisfies Record<string, Refusal>
