const id = 'adec9d48-be2a-4bf4-8ca1-3432fd8920c5';
const at = '2026-03-01T09:00:00.000Z';

/** An entry whose outcome is not known. */
export const unknownEntry = {
  id,
  merchant: '542088',
  provider: 'freedompay',
  operation: 'receipt',
  operation_type: 'sell',
  payment_id: '764239789',
  total: 200,
  state: 'unknown',
  accepted_at: at,
  changed_at: '2026-03-01T09:00:30.000Z',
  due_at: '2026-03-01T09:01:00.000Z',
  attempts: 1,
  first_attempt_at: at,
  last_attempt_at: at,
  reference: id,
  provider_document_id: null,
  reason: {
    code: 'provider.timeout',
    message: 'The provider did not answer in time.',
    http_status: null,
    provider_code: null,
  },
};

/** The same entry with its journal. */
export const entryHistory = {
  ...unknownEntry,
  unknown_outcome: {
    plan: 'find',
    found_out_by: 'A search by payment and time, matched on operation, total and positions.',
    guarantee: 'A document that the provider lists is found.',
    remaining_window: 'A document that appears later than the provider needs to list it.',
    person_checks: "The payment's receipts in the provider's cabinet.",
  },
  journal: [
    {
      version: 1,
      position: 17,
      at,
      from: null,
      to: 'accepted',
      details: { merchant: '542088', provider: 'freedompay' },
      hash: '5f8f3b1c0f0d4bd1a7a1c7e3f6d8a0b1c2d3e4f5061728394a5b6c7d8e9f0a1b',
    },
  ],
};
