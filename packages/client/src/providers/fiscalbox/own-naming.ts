import type { Wallet } from '@fiscalkit/schemas';
import { type Naming, namingOf, walletWords } from './wallet-words.js';

/** Members of a wallet's `data`, not parsed. */
export type AnswerData = Readonly<Record<string, unknown>>;

/** Words of success of Anor, in the three languages of its shops. Chosen: one page prints one message. */
const done =
  /\b(?:success|successful|successfully|completed?|done|ok)\b|успешн|(?:заверш[её]н|выполнен)[аоы]?(?!\p{L})|muvaffaqiyatli|муваффақиятли|(?:yakunlan|bajaril)(?:di|gan)|(?:якунлан|бажарил)(?:ди|ган)/iu;

/** Words that a success does not contain. Chosen: no page prints a message of a failure. */
const notDone =
  /fail|error|unsuccess|reject|revers|declin|denied|cancel|pending|process|await|\b(?:not?|cannot|will|wait\w*)\b|n['’]t\b|ошибк|отклон|отмен|ожида|обраб|(?:не|без)успешн|(?<!\p{L})(?:не|нет|будет)(?!\p{L})|xato|хато|\bemas\b|(?<!\p{L})эмас(?!\p{L})/iu;

/** Returns how a wallet names the outcome in its own member. */
export function ownNaming(wallet: Wallet, data: AnswerData): Naming {
  if (wallet === 'anor') return namingOfAnor(data);
  if (wallet === 'payme') return namingOfPayme(data);
  const { member } = walletWords[wallet];
  return member === null ? 'none' : namingOf(wallet, data[member]);
}

/**
 * Returns Anor's naming: success by its message, by `error_code` 0 with a message or an id beside it, or by
 * `error_code` null with an id and no message, as one page prints it. With code 0, a message in other words
 * is accepted if it contains a word of success.
 */
function namingOfAnor({ error_code: code, message, payment_id, transaction_id }: AnswerData): Naming {
  const naming = namingOf('anor', message);
  const hasId = [payment_id, transaction_id].some(isId);
  const isZero = code === 0 || code === '0';
  if (naming === 'unnamed' && isZero) return saysDone(String(message)) ? 'success' : 'unnamed';
  if (naming === 'none' && (isZero || code === null) && hasId) return 'success';
  return naming;
}

function saysDone(message: string): boolean {
  return done.test(message) && !notDone.test(message);
}

/** State of a paid receipt of Payme. Source: developer.help.paycom.uz, the states of receipts. */
const paidState = 4;

/**
 * Returns Payme's naming: only the receipt shows success; the echo shows whose it is. A receipt that is
 * marked as not paid, or cancelled, names nothing. Chosen: no page prints such an answer.
 */
function namingOfPayme({ result }: AnswerData): Naming {
  const receipt = isAnswerData(result) ? result.receipt : undefined;
  if (!isAnswerData(receipt) || !isId(receipt._id)) return 'none';
  const { state, pay_time: payTime, cancel_time: cancelTime } = receipt;
  const isPaid = isUnsaid(state) || state === paidState || state === String(paidState);
  return isPaid && payTime !== 0 && (isUnsaid(cancelTime) || cancelTime === 0) ? 'success' : 'unnamed';
}

function isUnsaid(value: unknown): boolean {
  return value === undefined || value === null;
}

/** Whether a value is an object with members, and no list. */
export function isAnswerData(value: unknown): value is AnswerData {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isId(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
}
