import { confirmations } from './confirmations.js';
import { faultyLinks } from './faulty-links.js';
import type { FaultyDocument } from './faulty-receipts.js';

const { anor, click } = confirmations;

/** The readers of links to Russian receipts know these; a confirmation takes none of them, whatever else is wrong. */
const isRussian = (text: string) => text.includes('1-ofd') || text.startsWith('t=');

const withFaultyLink = faultyLinks
  .filter(({ text }) => !isRussian(text) && text === text.trim())
  .map(({ code, text }): FaultyDocument => ({ code, path: '$.qr_code', input: { ...anor, qr_code: text } }));

/** Confirmations of Anor that break one rule each. */
export const faultyAnorConfirmations: readonly FaultyDocument[] = [
  { code: 'field.missing', path: '$.qr_code', input: { transaction_id: anor.transaction_id } },
  { code: 'field.length', path: '$.transaction_id', input: { ...anor, transaction_id: ' ' } },
  { code: 'field.type', path: '$.transaction_id', input: { ...anor, transaction_id: 17 } },
  { code: 'field.unknown', path: '$.payment_id', input: { ...anor, payment_id: '17' } },
  ...withFaultyLink,
];

/** Confirmations of the wallets that name the payment, which break one rule each. */
export const faultyPaymentConfirmations: readonly FaultyDocument[] = [
  { code: 'field.length', path: '$.payment_id', input: { ...click, payment_id: 'x'.repeat(129) } },
  { code: 'field.unknown', path: '$.amount', input: { ...click, amount: 1 } },
  { code: 'link.host', path: '$.qr_code', input: { ...click, qr_code: 'https://example.com/check?t=1' } },
];
