import fc, { type Arbitrary } from 'fast-check';
import { hostileValue } from './hostile-values.js';
import { mutatedDocument } from './mutated-document.js';
import { mutatedText } from './mutated-text.js';
import { soliqLinks } from './sound-links.js';
import { soundReceipts } from './sound-receipts.js';

const confirmations = soliqLinks.flatMap((qr_code, index) => [
  { transaction_id: `a12fc00f-${index}`, qr_code },
  { payment_id: `471010392${index}`, qr_code },
]);

const acts = [
  { reason: 'looked it up' },
  { reason: 'found', outcome: { kind: 'registered', provider_document_id: 'r-1', link: soliqLinks[0] } },
  { reason: 'not there', outcome: { kind: 'rejected' } },
  { reason: 'corrected', document: soundReceipts[0] },
];

const document = fc.oneof(
  { weight: 4, arbitrary: mutatedDocument(soundReceipts) },
  { weight: 2, arbitrary: mutatedDocument(confirmations) },
  { weight: 2, arbitrary: mutatedDocument(acts) },
  { weight: 1, arbitrary: hostileValue },
);

/** Bodies for any route: documents changed in few places, broken JSON, too much of it, none. */
export const fuzzedBody: Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: document.map((value) => JSON.stringify(value) ?? '') },
  { weight: 2, arbitrary: mutatedText(soundReceipts.map((receipt) => JSON.stringify(receipt))) },
  { weight: 1, arbitrary: fc.constantFrom('', '[', '['.repeat(30_000), `"${'x'.repeat(1_100_000)}"`) },
);
