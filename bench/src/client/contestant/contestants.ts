import type { Contestant } from './contestant.js';
import { fiscalkitClient } from './fiscalkit-client.js';
import { fiscalkitSubmit } from './fiscalkit-submit.js';
import { undiciDispatch } from './undici-dispatch.js';
import { undiciRequest } from './undici-request.js';
import { yookassaSdk } from './yookassa-sdk.js';

/** The contestants by the name in the table. */
export const contestants = {
  'undici request': undiciRequest,
  'undici dispatch': undiciDispatch,
  'receipts.create': fiscalkitClient,
  'provider.submit': fiscalkitSubmit,
  'yookassa-ts-sdk': yookassaSdk,
} as const satisfies Record<string, (baseUrl: string) => Contestant>;

export type ContestantName = keyof typeof contestants;
