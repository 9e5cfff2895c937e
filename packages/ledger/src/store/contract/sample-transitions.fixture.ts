import type { Reason, Registration } from '@fiscalkit/client';
import type { Transition } from '../../entry/transition.js';

export const registration: Registration = {
  providerDocumentId: 'document-1',
  mark: null,
  link: 'https://example.com/receipt',
  details: { note: 'done' },
};

export const registered: Transition = { to: 'registered', dueInMs: null, failures: 0, registration };

export const rejected: Transition = {
  to: 'rejected',
  dueInMs: null,
  failures: 0,
  reason: { code: 'provider.rejected', message: 'No.' },
};

export const outage: Reason = { code: 'provider.timeout', message: 'Nothing came.', outage: true };

export function waitsAfterOutage(to: 'accepted' | 'unknown', dueInMs: number): Transition {
  return { to, dueInMs, failures: 1, reason: outage };
}
