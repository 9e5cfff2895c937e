import { type ConfirmationData, confirmationDataSchemas, type Wallet } from '@fiscalkit/schemas';
import { membersOf } from './answer-members.js';
import { echoOf } from './echo.js';
import type { FrozenConfirmation } from './frozen-confirmation.js';
import { type AnswerData, isAnswerData, ownNaming } from './own-naming.js';
import { contradictsSuccess, failureAmong } from './reported-failure.js';
import { type Naming, namingElsewhere, strongest, walletWords } from './wallet-words.js';

/** Meaning of the `data` of an answer. */
export type ConfirmationReading =
  | {
      readonly kind: 'success';
      /** Normalised, without buyer data. */
      readonly data: ConfirmationData;
      /** Wallet's id of the payment, as text. */
      readonly paymentId: string | null;
    }
  /** The wallet failed; its code, if there is one. */
  | { readonly kind: 'failure'; readonly code: string | null }
  /** The answer is about another payment or another link. */
  | { readonly kind: 'other' }
  /** Readable, without a known word of success or failure. */
  | { readonly kind: 'unnamed' }
  | { readonly kind: 'unreadable' };

/** Interprets the `data` of an answer to a confirmation. Success is only what is named so. */
export function readConfirmationData(confirmation: FrozenConfirmation, data: unknown): ConfirmationReading {
  if (!isAnswerData(data)) return { kind: 'unreadable' };
  const { wallet } = confirmation;
  const members = membersOf(data);
  const echo = echoOf(members, confirmation);
  if (echo === 'other') return { kind: 'other' };
  const failure = failureAmong(members);
  const naming = strongest([ownNaming(wallet, data), namingElsewhere(wallet, members)]);
  if (failure !== null || naming === 'failure') {
    return { kind: 'failure', code: failure?.code ?? scalarText(data[walletWords[wallet].code]) };
  }
  return echo === 'unreadable' || naming === 'unreadable' || contradictsSuccess(wallet, members)
    ? { kind: 'unreadable' }
    : named(wallet, data, naming);
}

function named(wallet: Wallet, input: AnswerData, naming: Naming): ConfirmationReading {
  if (naming !== 'success') return { kind: naming === 'unnamed' ? 'unnamed' : 'unreadable' };
  const data = confirmationDataSchemas[wallet].safeParse(input).data;
  if (data === undefined) return { kind: 'unreadable' };
  return { kind: 'success', data: withoutBuyer(data), paymentId: idOf(paymentIdOf(data)) };
}

function withoutBuyer(data: ConfirmationData): ConfirmationData {
  return 'client_phone_number' in data ? { ...data, client_phone_number: null } : data;
}

function paymentIdOf(data: ConfirmationData): unknown {
  return 'result' in data ? data.result?.receipt?._id : data.payment_id;
}

/** Returns an id for the journal, which is never changed; leaves out what is not written like an id. */
function idOf(value: unknown): string | null {
  const text = scalarText(value);
  return text !== null && /^[\w.:-]{1,128}$/.test(text) ? text : null;
}

function scalarText(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
