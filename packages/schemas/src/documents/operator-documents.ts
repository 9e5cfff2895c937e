import { z } from 'zod';
import type { PublicDocument } from './public-document.js';

const liveness = z.object({ status: z.literal('ok').describe('The process is alive') });

const readiness = z.union([
  z.object({
    status: z
      .enum(['ok', 'degraded'])
      .describe('degraded: a provider is out of reach, documents are accepted'),
    checks: z
      .object({
        ledger: z.literal('ok').describe('The ledger can be read'),
        providers: z
          .record(z.string(), z.enum(['closed', 'half-open', 'open']))
          .describe('Circuit breaker of each provider; open: calls are held back'),
      })
      .describe('What was looked at'),
    waiting: z
      .object({
        due: z.int().min(0).describe('Documents whose next step is due now'),
        accepted: z.int().min(0).describe('Documents in state accepted'),
        pending: z.int().min(0).describe('Documents in state pending'),
        unknown: z.int().min(0).describe('Documents in state unknown'),
      })
      .describe('How many documents wait'),
  }),
  z.object({
    status: z.literal('unavailable').describe('Send no requests here'),
    checks: z
      .object({ ledger: z.string().min(1).describe('Why: stopping, or the code of the error') })
      .describe('What was looked at'),
  }),
]);

/** What orchestrators read. */
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
      { status: 'unavailable', checks: { ledger: 'stopping' } },
    ],
  },
];
