import { parseSoliqLink, type Wallet } from '@fiscalkit/schemas';

type Members = Readonly<Record<string, unknown>>;

/** A confirmation that was sent: the payment, and the link to its receipt. */
export interface SentConfirmation {
  readonly wallet: Wallet;
  readonly paymentId: string;
  readonly link: string;
}

const none: readonly unknown[] = [undefined, null, '', 0, '0'];
const successWords = ['success', 'successfully', 'fiscalization completed successfully'];
const failureNames = ['error', 'errors', 'errorcode', 'err'];

/**
 * Whether an answer of FiscalBox names the success of this very confirmation: in the envelope and by the
 * wallet's own word, code or receipt, with no error of any type under any spelling, and with no other payment
 * or link.
 */
export function namesSuccess({ wallet, paymentId, link }: SentConfirmation, body: string): boolean {
  const answer = membersOf(JSON.parse(body));
  const envelope = 'is_success' in answer ? answer : membersOf(answer.result);
  const data = membersOf(envelope.data);
  const receipt = membersOf(membersOf(data.result).receipt);
  const ids = {
    anor: data.transaction_id,
    click: data.payment_id,
    payme: receipt._id,
    uzum: data.payment_id,
  };
  const named = {
    anor: none.includes(data.error_code) && (isWord(data.message) || data.error_code !== ''),
    click: isWord(data.status),
    payme: !none.includes(receipt._id),
    uzum: isWord(data.payment_status),
  };
  return (
    envelope.is_success === true &&
    named[wallet] &&
    !holdsFailure(answer) &&
    isSameId(ids[wallet], paymentId) &&
    isSameLink(data.qr_code, link)
  );
}

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function isWord(value: unknown): boolean {
  return typeof value === 'string' && successWords.includes(value.trim().toLowerCase());
}

function holdsFailure(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, inner]) => {
    const isNamedSo =
      !Array.isArray(value) && failureNames.includes(name.replace(/[_\s-]/g, '').toLowerCase());
    return (isNamedSo && !none.includes(inner)) || holdsFailure(inner);
  });
}

function isSameId(shown: unknown, sent: string): boolean {
  const text = String(shown ?? '').trim();
  return text === '' || text.toLowerCase() === sent.toLowerCase() || Number(text) === Number(sent);
}

function isSameLink(shown: unknown, sent: string): boolean {
  if (shown === undefined || shown === null || String(shown).trim() === '') return true;
  const [ours, theirs] = [sent, String(shown)].map((text) => parseSoliqLink(text.trim()).mark);
  return ours?.fiscal_sign === theirs?.fiscal_sign && ours?.registered_at === theirs?.registered_at;
}
