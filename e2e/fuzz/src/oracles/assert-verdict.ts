import assert from 'node:assert/strict';
import { type Finding, type Reason, reasonCodes, type Verdict } from '@fiscalkit/client';
import { canonicalJson } from '@fiscalkit/schemas';
import type { WireOutcome } from '../inputs/provider-outcome.js';

const dayMs = 24 * 60 * 60 * 1_000;

/** Asserts what must hold for every verdict of any provider. */
export function assertSane(verdict: Verdict | Finding): void {
  if ('reason' in verdict) assertReason(verdict.reason);
  if ('retryAfterMs' in verdict && verdict.retryAfterMs !== undefined) {
    assert.ok(verdict.retryAfterMs >= 0 && verdict.retryAfterMs <= dayMs, 'a wait of more than a day');
  }
  if (verdict.kind === 'registered') {
    canonicalJson(verdict.registration);
    const { mark } = verdict.registration;
    for (const value of Object.values(mark ?? {}))
      assert.match(value, /^[\dA-Za-z:+-]{1,40}$/, 'a mark that is none');
    if (mark) assert.ok(!Number.isNaN(Date.parse(mark.registered_at)));
  }
}

function assertReason({ code, message, providerCode }: Reason): void {
  assert.ok(code in reasonCodes, `no reason has the code ${code}`);
  assert.equal(
    message,
    reasonCodes[code as keyof typeof reasonCodes].message,
    'a message of somebody else’s making',
  );
  if (providerCode !== undefined)
    assert.match(providerCode, /^((?:[A-Za-z]+\.)?(?:\d{1,6}|-\d{1,10})|[A-Za-z._-]{1,64})$/);
}

/** Statuses by which a server reports that it did not process a request. */
const turnedAway = [401, 403, 404, 405, 429];

/** Whether the wire proves that the request was not processed: only then may it be resent unsearched. */
export function wasTurnedAway(outcome: WireOutcome): boolean {
  if (outcome.kind !== 'answered') return outcome.kind === 'refused';
  const { status, headers } = outcome;
  return turnedAway.includes(status) || (status === 503 && 'retry-after' in headers);
}
