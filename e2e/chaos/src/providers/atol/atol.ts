import type { AtolGroup, Journal, JournalledAtolDocument, JournalledReceipt } from '@fiscalkit/sandbox';
import type { RegisteredReceipt } from '../../checker/identity.js';
import { merchantOf, type Shops } from '../../generator/merchants.js';
import type { PlannedGround } from '../../generator/planned-document.js';
import { receiptAndCorrectionSequences } from '../../generator/sequences.js';
import type { EmulatedProvider, EntryOfPayment } from '../emulated-provider.js';
import { atolProfiles } from './profiles.js';
import { reviewHanded } from './review-handed.js';
import { type AtolVersion, atolTimes } from './times.js';

const accounts = 20;
const inn = '5544332219';
/** Of another taxpayer than the group: the agent refuses every receipt, without an attempt to register it. */
const rejected = '710000';
const strangeInn = '7709364346';
const company = { email: 'shop@example.com', tax_system: 'osn', payment_address: 'shop.example' } as const;
const attemptMs = 1_000;

/** Creates ATOL Online in a version of its protocol: a group of registers for each merchant. */
export function createAtolProvider(version: AtolVersion, dayMs: number): EmulatedProvider {
  const times = atolTimes(version, dayMs);
  const { memoryMs, queueMs, settlesWithinMs, tokenMs, pollMs, reportsPerSecond } = times;
  const others = Array.from({ length: accounts - 1 }, (_, index) => String(710_002 + index));
  const shops: Shops = {
    merchants: ['710001', ...others],
    rejected,
    receiptFormat: version === 'v4' ? 'ru_1_05' : 'ru_1_2',
  };
  const groups = [...shops.merchants, rejected].map(
    (id): AtolGroup => ({
      code: merchantOf(id).providerId,
      login: `login-${id}`,
      password: merchantOf(id).providerKey,
      version,
      inn,
    }),
  );
  return {
    shops,
    sequences: receiptAndCorrectionSequences,
    profiles: atolProfiles(memoryMs),
    sandbox: { atol: { groups, tokenMs, queueMs, memoryMs, reportsPerSecond } },
    memoryMs,
    times: times.inWords,
    configurationOf: ({ id, providerId }, { url, secret }) => ({
      company: { inn: id === rejected ? strangeInn : inn, ...company },
      provider: 'atol',
      atol: {
        baseUrl: `${url}/possystem`,
        version,
        groupCode: providerId,
        login: `login-${id}`,
        password: secret,
        registers: reportsPerSecond,
        pollMs,
        settlesWithinMs,
        deduplicationWindowMs: memoryMs,
        attemptMs,
      },
    }),
    rejections: () => [],
    receipts,
    receiptsOf: ({ id, document, journal }) => receiptsOf({ id, paymentId: document.paymentId }, journal),
    review: (observations, journal) => reviewHanded(observations, journal, times),
  };
}

/** Returns the documents that belong to an entry, as receipts; others keep their own id for the payment's. */
function receipts({ atol }: Journal, entries: readonly EntryOfPayment[]): RegisteredReceipt[] {
  const payments = new Map(entries.map(({ id, paymentId }) => [id, paymentId]));
  return atol.map((document) => {
    const { external_id: reference } = document;
    const payment = payments.get(reference) ?? payments.get(reference.replace(/-\d+$/, ''));
    return receiptOf(document, payment ?? reference);
  });
}

/** Returns the documents under the references of an entry: each follows the failure of the one before it. */
async function receiptsOf(
  { id, paymentId }: EntryOfPayment,
  journal: (reference: string) => Promise<Journal>,
): Promise<RegisteredReceipt[]> {
  const found: RegisteredReceipt[] = [];
  for (let number = 1; ; number += 1) {
    const { atol } = await journal(number === 1 ? id : `${id}-${number}`);
    found.push(...atol.map((document) => receiptOf(document, paymentId)));
    if (atol.length === 0) return found;
  }
}

/** A document whose receipt is in the fiscal storage counts as registered, whatever its report says. */
function receiptOf(document: JournalledAtolDocument, paymentId: string): RegisteredReceipt {
  const { uuid, group_code, operation, total, items, status, created_at, mark, link } = document;
  const withoutReceipt = status === 'fail' ? 'rejected' : 'pending';
  return {
    receipt_id: uuid,
    merchant_id: group_code,
    payment_id: paymentId,
    operation_type: operation,
    total,
    // Of a position, the checker compares what ATOL's items have, too.
    positions: items as unknown as JournalledReceipt['positions'],
    status: mark === null ? withoutReceipt : 'registered',
    created_at,
    registered_at: mark?.country === 'ru' ? mark.registered_at : null,
    mark,
    link,
    writing: [],
    ground: groundOf(document),
  };
}

/** Returns the ground of a correction as it was handed in: v4 has the number `0` for an own one. */
function groundOf({ correction_info }: JournalledAtolDocument): PlannedGround | null {
  if (correction_info === null) return null;
  const { type, base_date, base_number = '0' } = correction_info;
  const ground = { type, base_date: base_date.split('.').reverse().join('-') };
  return type === 'self' && base_number === '0' ? ground : { ...ground, base_number };
}
