import type { Wallet } from '@fiscalkit/schemas';
import type { AnswerMember } from './answer-members.js';

/** Word by which a wallet names an outcome, and its source. */
export interface WalletWord {
  /** In lower case: words are compared without case and surrounding blanks. */
  readonly word: string;
  readonly outcome: 'success' | 'failure';
  /** Page of the provider, or `chosen` where no page prints the word for this answer. */
  readonly source: string;
}

/** Place and words by which a wallet names the outcome of a confirmation. */
export interface WalletWords {
  readonly member: 'message' | 'status' | 'payment_status' | null;
  /** Member for the code of a failure. */
  readonly code: 'error' | 'error_code';
  readonly words: readonly WalletWord[];
}

/** Names of members that may contain an outcome: `payment_status`, `fiscalStatus`, `state`. */
const wordNames = /(?:status|state)$/;

const pages = 'dev.fbox.uz /payment/';
const failedInPay =
  'chosen: as the answers of the payment calls say it, no page prints a failed confirmation';

/** Words of outcomes; others leave it open. Anor also names success by a code, Payme by the receipt. */
export const walletWords: Readonly<Record<Wallet, WalletWords>> = {
  anor: {
    member: 'message',
    code: 'error_code',
    words: [
      {
        word: 'fiscalization completed successfully',
        outcome: 'success',
        source: `${pages}anor/fiscalization`,
      },
      { word: 'successfully', outcome: 'success', source: 'chosen: the word of its payment call' },
      { word: 'success', outcome: 'success', source: 'chosen: the same word, shorter' },
      { word: 'failed', outcome: 'failure', source: failedInPay },
      { word: 'error', outcome: 'failure', source: 'chosen' },
    ],
  },
  click: {
    member: 'status',
    code: 'error',
    words: [
      { word: 'successfully', outcome: 'success', source: `${pages}click/fiscalization` },
      { word: 'success', outcome: 'success', source: 'chosen: the same word, shorter' },
      { word: 'failed', outcome: 'failure', source: failedInPay },
      { word: 'error', outcome: 'failure', source: 'chosen' },
    ],
  },
  payme: {
    member: null,
    code: 'error',
    words: [
      { word: 'successfully', outcome: 'success', source: `${pages}payme/go` },
      { word: 'success', outcome: 'success', source: 'chosen: the same word, shorter' },
      { word: 'failed', outcome: 'failure', source: failedInPay },
      { word: 'error', outcome: 'failure', source: 'chosen' },
    ],
  },
  uzum: {
    member: 'payment_status',
    code: 'error_code',
    words: [
      { word: 'success', outcome: 'success', source: `${pages}uzum/fiscalization` },
      { word: 'successfully', outcome: 'success', source: 'chosen: the word of the other wallets' },
      { word: 'failed', outcome: 'failure', source: `${pages}uzum/fiscalization` },
      { word: 'error', outcome: 'failure', source: 'chosen' },
      { word: 'reversed', outcome: 'failure', source: 'Uzum Fast Pay, payment/fiscal' },
      { word: 'partial_cancelled', outcome: 'failure', source: 'Uzum Fast Pay, payment/fiscal' },
    ],
  },
};

/**
 * Meaning of a wallet's word: `none` without one, `unnamed` outside of the table, `unreadable` if no text.
 */
export type Naming = WalletWord['outcome'] | 'none' | 'unnamed' | 'unreadable';

/** Looks a word up in the table of a wallet. */
export function namingOf(wallet: Wallet, value: unknown): Naming {
  if (value === null || value === undefined) return 'none';
  if (typeof value !== 'string') return 'unreadable';
  const word = value.trim().toLowerCase();
  if (word === '') return 'none';
  return walletWords[wallet].words.find((named) => named.word === word)?.outcome ?? 'unnamed';
}

/**
 * Returns the meaning of outcome words in other places than the wallet's own: they can revoke a success and
 * never make one. Numbers are ignored, since no page gives them a meaning.
 */
export function namingElsewhere(wallet: Wallet, members: readonly AnswerMember[]): Naming {
  const namings = members
    .filter(({ name, value, depth }) => wordNames.test(name) && typeof value !== 'number' && depth <= 2)
    .map(({ value }) => namingOf(wallet, value));
  return strongest(namings.filter((naming) => naming !== 'success'));
}

/** Combines the meanings of several places: a doubt in one outweighs a success in another. */
export function strongest(namings: readonly Naming[]): Naming {
  const order = ['failure', 'unreadable', 'unnamed', 'success'] as const;
  return order.find((naming) => namings.includes(naming)) ?? 'none';
}
