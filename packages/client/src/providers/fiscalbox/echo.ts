import { canonicalSoliqLink, isFiscalError, wallets } from '@fiscalkit/schemas';
import type { AnswerMember } from './answer-members.js';
import type { FrozenConfirmation } from './frozen-confirmation.js';

/** Whether an answer shows the payment and the link that were sent, others, or something incomparable. */
export type Echo = 'same' | 'other' | 'unreadable';

const linkNames = ['qrcode', 'qrcodeurl', 'qrurl', 'link', 'fiscalurl', 'receipturl'];
/** Depth of the receipt of Payme; ids below belong to other things. */
const deepest = 2;

/** Compares the payment and the link that an answer shows with those sent; missing ones are the same. */
export function echoOf(members: readonly AnswerMember[], confirmation: FrozenConfirmation): Echo {
  const echoes = members.map((member) => echoOfMember(member, confirmation));
  if (echoes.includes('other')) return 'other';
  return echoes.includes('unreadable') ? 'unreadable' : 'same';
}

function echoOfMember({ name, value, depth }: AnswerMember, confirmation: FrozenConfirmation): Echo {
  if (depth > deepest || value === null || isBlank(value)) return 'same';
  const { wallet, paymentId, link } = confirmation;
  const isPayment = name === wallets[wallet].key.replace('_', '');
  // Two levels down, the only id of Payme's answer is the payment's; the one above numbers the call.
  if (isPayment || (wallet === 'payme' && name === 'id' && depth === deepest)) {
    return compared(value, (shown) => foldedId(shown) === foldedId(paymentId));
  }
  if (linkNames.includes(name)) return compared(value, (shown) => isSameLink(shown, link));
  return typeof value === 'string' && isOtherLink(value, link) ? 'other' : 'same';
}

/** Whether a text is a receipt link, whatever its name, and not the one that was sent. */
function isOtherLink(shown: string, sent: string): boolean {
  return shown.includes('/') && canonicalLink(shown) !== null && !isSameLink(shown, sent);
}

function compared(value: unknown, isSame: (shown: string) => boolean): Echo {
  if (typeof value !== 'string' && typeof value !== 'number') return 'unreadable';
  return isSame(String(value)) ? 'same' : 'other';
}

function isBlank(value: unknown): boolean {
  return typeof value === 'string' && value.trim() === '';
}

/** Normalises an id: lower case, no blanks around it, no zeros before a number. */
function foldedId(id: string): string {
  return id
    .trim()
    .toLowerCase()
    .replace(/^0+(?=\d+$)/, '');
}

function isSameLink(shown: string, sent: string): boolean {
  const link = canonicalLink(shown);
  return link !== null && link === canonicalLink(sent);
}

/** Returns `null` for a text that is no receipt link. */
function canonicalLink(text: string): string | null {
  try {
    return canonicalSoliqLink(text.trim().replaceAll('&amp;', '&'));
  } catch (error) {
    if (isFiscalError(error)) return null;
    throw error;
  }
}
