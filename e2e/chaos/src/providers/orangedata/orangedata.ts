import { createPublicKey } from 'node:crypto';
import {
  type FaultRuleInput,
  type Journal,
  type JournalledReceipt,
  sampleAccounts,
} from '@fiscalkit/sandbox';
import type { RegisteredReceipt } from '../../checker/identity.js';
import { rejectedCorrection } from '../../generator/corrections.js';
import { merchantOf, type Shops } from '../../generator/merchants.js';
import type { PlannedDocument } from '../../generator/planned-document.js';
import { receiptAndCorrectionSequences, type SequenceKinds } from '../../generator/sequences.js';
import type { EmulatedProvider, EntryOfPayment } from '../emulated-provider.js';
import { orangedataProfiles } from './profiles.js';
import { reviewHanded } from './review-handed.js';
import { orangedataTimes } from './times.js';

type Format = Shops['receiptFormat'];
type Document = Journal['orangedata'][number];

const groups = 20;
const inn = '5544332219';
const company = {
  inn,
  email: 'shop@example.com',
  tax_system: 'osn',
  payment_address: 'shop.example',
} as const;
const attemptMs = 1_000;

/** Rules reject what is of a payment; a rejected correction is of none. */
const [first, ...othersOfAll] = receiptAndCorrectionSequences;
const sequences: SequenceKinds = [
  first,
  ...othersOfAll.filter(({ choice }) => choice !== rejectedCorrection),
];

/** Private key of everybody's signatures: the sandbox's own. */
const { signatureKey = '' } = sampleAccounts.orangedata[0]?.settings('') ?? {};

/** Creates OrangeData: one organisation, and a group of registers for each merchant. */
export function createOrangedataProvider(format: Format, dayMs: number): EmulatedProvider {
  const times = orangedataTimes(dayMs);
  const { memoryMs, queueMs, settlesWithinMs, pollMs, statusesPerSecond } = times;
  const others = Array.from({ length: groups - 1 }, (_, index) => String(720_002 + index));
  const shops: Shops = { merchants: ['720001', ...others], rejected: null, receiptFormat: format };
  const publicKey = String(createPublicKey(signatureKey).export({ format: 'pem', type: 'spki' }));
  const accounts = shops.merchants.map((id) => {
    const { providerId: group } = merchantOf(id);
    return { inn, group, format, key: inn, publicKey };
  });
  return {
    shops,
    sequences,
    profiles: orangedataProfiles(memoryMs),
    sandbox: { orangedata: { accounts, queueMs, memoryMs, statusesPerSecond } },
    memoryMs,
    secretOf: () => signatureKey,
    times: times.inWords,
    configurationOf: ({ providerId }, { url, secret }) => ({
      company,
      provider: 'orangedata',
      orangedata: {
        baseUrl: `${url}/api/v2`,
        inn,
        format,
        group: providerId,
        signatureKey: secret,
        paymentAddress: company.payment_address,
        characters: 'replace',
        registers: statusesPerSecond / 2,
        pollMs,
        settlesWithinMs,
        deduplicationWindowMs: memoryMs,
        attemptMs,
      },
    }),
    rejections,
    receipts,
    receiptsOf: ({ id, document, journal }) => receiptsOf({ id, paymentId: document.paymentId }, journal),
    review: (observations, journal) => reviewHanded(observations, journal, times),
  };
}

/** Documents whose mark codes fail their check: OrangeData refuses others before it has them. */
function rejections(documents: readonly PlannedDocument[]): FaultRuleInput[] {
  return documents
    .filter((document) => document.kind === 'receipt' && document.outcome === 'rejected')
    .map(({ paymentId }) => ({
      endpoint: 'orangedata.register',
      paymentId,
      fault: { kind: 'fail', code: 422 },
    }));
}

/** Returns the documents that belong to an entry, as receipts; others keep their own id for the payment's. */
function receipts({ orangedata }: Journal, entries: readonly EntryOfPayment[]): RegisteredReceipt[] {
  const payments = new Map(entries.map(({ id, paymentId }) => [id, paymentId]));
  return orangedata.map((document) => {
    const payment = payments.get(document.id) ?? payments.get(document.id.replace(/-\d+$/, ''));
    return receiptOf(document, payment ?? document.id);
  });
}

/** Returns the documents under the references of an entry: each follows the failure of the one before it. */
async function receiptsOf(
  { id, paymentId }: EntryOfPayment,
  journal: (reference: string) => Promise<Journal>,
): Promise<RegisteredReceipt[]> {
  const found: RegisteredReceipt[] = [];
  for (let number = 1; ; number += 1) {
    const { orangedata } = await journal(number === 1 ? id : `${id}-${number}`);
    found.push(...orangedata.map((document) => receiptOf(document, paymentId)));
    if (orangedata.length === 0) return found;
  }
}

const statuses = {
  queued: 'pending',
  done: 'registered',
  expired: 'rejected',
  'failed-marks': 'rejected',
} as const;

function receiptOf(document: Document, paymentId: string): RegisteredReceipt {
  const { id, group, correction_info: ground, operation, total, items, status, created_at, mark } = document;
  return {
    receipt_id: id,
    merchant_id: group,
    payment_id: paymentId,
    operation_type: operation,
    total,
    // Of a position, the checker compares what OrangeData's positions have, too.
    positions: items.map((item) => ({
      ...item,
      name: nameOf(item.name),
    })) as unknown as JournalledReceipt['positions'],
    status: statuses[status],
    created_at,
    registered_at: mark?.registered_at ?? null,
    mark,
    link: null,
    writing: [],
    ground,
  };
}

/** Names that arrive in the characters of code page 866, and as the clients wrote them. */
const written: Readonly<Record<string, string>> = {
  'Кофе в зёрнах "Арабика", 250 г': 'Кофе в зёрнах «Арабика», 250 г',
  'Book "Receipts" & more': 'Book “Receipts” & more',
  'Торт "Прага" - 1 кг': 'Торт «Прага» — 1 кг',
  "O'zbek non ?": 'Oʻzbek non 🍞',
  'Подарочная карта номиналом 1000 руб. в электронной форме':
    'Подарочная карта номиналом 1000 ₽ в электронной форме',
  'Мёд "Липа"': 'Мёд «Липа»',
  'Чай "Ёлка"': 'Чай «Ёлка»',
  'чай "елка"': 'чай «елка»',
};

function nameOf(name: string): string {
  return written[name] ?? name;
}
