import { z } from 'zod';
import type { PublicDocument } from './public-document.js';

const liveness = z.object({ status: z.literal('ok').describe('The process is alive') });

const troubledAccount = z.object({
  provider: z.string().min(1).describe('Name of the provider'),
  account: z.string().min(1).describe("The provider's id of the merchant, and the address"),
  breaker: z.enum(['closed', 'half-open', 'open']).describe('Its circuit breaker'),
  paused_ms: z
    .int()
    .min(0)
    .describe('For how long the provider asked that it be left alone; 0 for not at all'),
  refused_keys_of: z
    .array(z.string().min(1))
    .optional()
    .describe('Merchants whose key it refused last, until a success; some of them, 20 at most'),
});

const readiness = z.union([
  z.object({
    status: z
      .enum(['ok', 'degraded'])
      .describe('degraded: an account is out of reach or refuses a key, documents are accepted'),
    checks: z
      .object({
        ledger: z.literal('ok').describe('The ledger can be read'),
        providers: z
          .record(z.string(), z.enum(['closed', 'half-open', 'open']))
          .describe(
            'Circuit breaker of each provider, of the account that is worst off; open: calls are held back',
          ),
        accounts: z
          .object({
            troubled: z.int().min(1).describe('How many accounts calls are kept from, or refuse a key'),
            first: z.array(troubledAccount).describe('Some of them; 20 at most'),
          })
          .optional()
          .describe('Accounts that calls are kept from, or that refuse a key; absent without any'),
      })
      .describe('What was looked at'),
    waiting: z
      .object({
        due: z.int().min(0).describe('Documents whose next step is due now'),
        accepted: z.int().min(0).describe('Documents in state accepted'),
        pending: z.int().min(0).describe('Documents in state pending'),
        unknown: z.int().min(0).describe('Documents in state unknown'),
        held: z
          .int()
          .min(1)
          .optional()
          .describe('Documents that are not sent because their sale was rejected; absent without any'),
      })
      .describe('How many documents wait'),
    restored: z
      .object({
        until: z.iso
          .datetime({ precision: 3 })
          .describe('Until when documents that are accepted are looked for before they are first sent'),
      })
      .optional()
      .describe('The ledger was declared restored from an older copy; absent where it was not'),
  }),
  z.object({
    status: z.literal('unavailable').describe('Send no requests here'),
    checks: z
      .object({ ledger: z.string().min(1).describe('Why: stopping, or the code of the error') })
      .describe('What was looked at'),
  }),
]);

/** Liveness and readiness, as orchestrators read them. */
export const operatorDocuments: readonly PublicDocument[] = [
  {
    name: 'liveness',
    schema: liveness,
    title: 'Liveness',
    description: 'Whether the process is alive.',
    direction: 'answer',
    examples: [{ status: 'ok' }],
  },
  {
    name: 'readiness',
    schema: readiness,
    title: 'Readiness',
    description: 'Whether the gateway may be sent requests.',
    direction: 'answer',
    examples: [
      {
        status: 'ok',
        checks: { ledger: 'ok', providers: { freedompay: 'closed' } },
        waiting: { due: 0, accepted: 0, pending: 1, unknown: 0 },
      },
      {
        status: 'degraded',
        checks: {
          ledger: 'ok',
          providers: { freedompay: 'open' },
          accounts: {
            troubled: 1,
            first: [
              {
                provider: 'freedompay',
                account: '542088@https://api.freedompay.uz',
                breaker: 'open',
                paused_ms: 0,
              },
            ],
          },
        },
        waiting: { due: 3, accepted: 3, pending: 0, unknown: 0, held: 1 },
        restored: { until: '2026-06-27T10:00:00.000Z' },
      },
      { status: 'unavailable', checks: { ledger: 'stopping' } },
    ],
  },
];
