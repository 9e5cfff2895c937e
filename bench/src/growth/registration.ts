import { randomUUID } from 'node:crypto';
import type { Transition } from '@fiscalkit/ledger';

/** The result of a delivery: registered, with all that a provider tells. */
export function registered(): Transition {
  return {
    to: 'registered',
    dueInMs: null,
    failures: 0,
    registration: {
      providerDocumentId: randomUUID(),
      mark: {
        country: 'ru',
        fiscal_storage_number: '9999078902010277',
        fiscal_document_number: '17042',
        fiscal_attribute: '1404381522',
        registered_at: '2026-05-04T13:00:00+03:00',
      },
      link: 'https://consumer.1-ofd.ru/v1?t=20260504T1300&s=200.00&fn=9999078902010277&i=17042&fp=1404381522&n=1',
      details: { status: 'registered' },
    },
  };
}
