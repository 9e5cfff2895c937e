import { randomUUID } from 'node:crypto';
import { defaultUtcOffsetHours } from '@fiscalkit/schemas';
import type { Reason } from '../../contract/verdict.js';
import { reasonOf } from '../../verdicts/reason.js';
import { verdictOfStatus } from '../../verdicts/verdict-of-status.js';
import type { FreedompayApi } from './freedompay-api.js';
import { listQuery } from './list-query.js';
import { readRows } from './read-receipt.js';

interface ConnectionDependencies {
  readonly api: Pick<FreedompayApi, 'list'>;
  readonly clock: () => Date;
}

/** Asks for a list of one receipt, which changes nothing; returns why it failed, `null` for success. */
export async function checkConnection(
  { api, clock }: ConnectionDependencies,
  signal: AbortSignal | undefined,
): Promise<Reason | null> {
  const query = listQuery({ utc: defaultUtcOffsetHours, offset: 0, limit: 1 });
  const outcome = await api.list(query, { requestId: randomUUID(), signal });
  if (outcome.kind !== 'answered') return reasonOf(outcome.code);
  const { status, body } = outcome;
  if (status < 200 || status >= 300) return verdictOfStatus(outcome, clock()).reason;
  return readRows(body) === null ? reasonOf('provider.unreadable', { httpStatus: status }) : null;
}
