import { hash } from 'node:crypto';
import {
  formatAmount,
  formatOffsetTime,
  formatRussianLink,
  parseAmount,
  type RussianFiscalMark,
  registerOffsetHours,
} from '@fiscalkit/schemas';
import type { OutcomeFault } from '../faults/fault.js';
import type { AtolDocument, AtolReceiptDocument } from './check-document.js';
import type { AtolDependencies } from './dependencies.js';
import type { AtolGroup } from './group.js';
import { type AtolOperation, calculationSigns } from './operations.js';
import type { AtolError, AtolOutcome, AtolRegistration } from './record.js';

/** Document that was taken. */
export interface TakenDocument {
  readonly group: AtolGroup;
  readonly operation: AtolOperation;
  readonly document: AtolDocument;
  readonly createdAt: number;
  readonly fault: OutcomeFault | null;
}

const queueMs = 300_000;

/** Decides the final outcome of a document when it is taken, so that its state depends on time alone. */
export function decideAtolOutcome(taken: TakenDocument, dependencies: AtolDependencies): AtolOutcome {
  const { document, createdAt, fault, group } = taken;
  const at = createdAt + dependencies.registrationDelayMs;
  if (fault?.kind === 'stay-pending') {
    return fault.forMs === undefined
      ? { kind: 'stays-waiting' }
      : registers(taken, createdAt + fault.forMs, dependencies);
  }
  const refusal = errorOfRegister(document, group);
  if (fault?.kind === 'late-mark' && refusal === null) {
    return { ...registers(taken, at, dependencies), markShownAt: at + fault.forMs };
  }
  // What a register refuses never comes as far as its driver's faults, let alone into its storage.
  const isRefusedFirst = refusal !== null && fault?.kind === 'fail' && fault.type === 'driver';
  if (fault?.kind === 'fail' && !isRefusedFirst) {
    const { type, code, text = 'Ошибка', registered } = fault;
    const failsAt = type === 'timeout' ? createdAt + (dependencies.options.queueMs ?? queueMs) : at;
    const registration = registered ? registrationOf(taken, at, dependencies) : null;
    return { kind: 'fails', at: failsAt, error: { type, code, text }, registration };
  }
  return refusal === null
    ? registers(taken, at, dependencies)
    : { kind: 'fails', at, error: refusal, registration: null };
}

function registers(
  taken: TakenDocument,
  at: number,
  dependencies: AtolDependencies,
): Extract<AtolOutcome, { kind: 'registers' }> {
  return { kind: 'registers', at, registration: registrationOf(taken, at, dependencies) };
}

type Content = AtolReceiptDocument['receipt'];

/** What a register looks at in a receipt or correction: the total of one without items is what was paid. */
interface ContentOfDocument extends Pick<Content, 'company' | 'payments'> {
  readonly items: readonly Content['items'][number][];
  readonly totalMinor: number;
}

/** Returns what a register looks at in a document. */
export function contentOf(document: AtolDocument): ContentOfDocument {
  const content = 'receipt' in document ? document.receipt : document.correction;
  if ('items' in content) return { ...content, totalMinor: parseAmount(content.total) };
  const paid = content.payments.reduce((minor, { sum }) => minor + parseAmount(sum), 0);
  return { ...content, items: [], totalMinor: paid };
}

function hasItems(document: AtolDocument): boolean {
  return contentOf(document).items.length > 0;
}

/** Returns what a register refuses in a document that passes the schema; `null` if nothing. */
function errorOfRegister(document: AtolDocument, group: AtolGroup): AtolError | null {
  const { company, items, payments, totalMinor } = contentOf(document);
  if (company.inn !== group.inn) {
    const text = `ИНН, указанный в чеке ${company.inn}, не соответствует ИНН группы касс ${group.inn}. Попыток регистрировать чек не производилось.`;
    return { type: 'agent', code: 2009, text };
  }
  const sums = items.map(({ sum }) => parseAmount(sum));
  const isOff = items.some(
    ({ price, quantity, sum }) => Math.abs(parseAmount(price) * quantity - parseAmount(sum)) > halfAKopeck,
  );
  if (isOff) return ofDriver(17, 'Некорректные цена или количество');
  const due = hasItems(document) ? sums.reduce((one, other) => one + other, 0) : totalMinor;
  if (Math.abs(due - totalMinor) > mostRounding) return ofDriver(227, 'Некорректный итог чека');
  const paid = payments.map(({ type, sum }) => ({ type, minor: sum == null ? due : parseAmount(sum) }));
  const cashless = paid.filter(({ type }) => type !== 0).reduce((minor, each) => minor + each.minor, 0);
  if (cashless > due) return ofDriver(52, 'Сумма безналичных оплат превышает итог чека');
  const settled = paid.reduce((minor, each) => minor + each.minor, 0);
  return settled < due ? ofDriver(66, 'Чек оплачен не полностью') : null;
}

/** Largest gap that rounding makes; products of decimal fractions are not exact. */
const halfAKopeck = 0.500001;

/** Difference between the total and the sum of the items that ATOL takes, in kopecks. */
const mostRounding = 99;

function ofDriver(code: number, text: string): AtolError {
  return { type: 'driver', code, text };
}

const digitsOfStorage = 16;

function registrationOf(
  { group, operation, document }: TakenDocument,
  at: number,
  { documents, seed }: AtolDependencies,
): AtolRegistration {
  const receiptNumber = documents.nextDocumentNumber(group.code);
  const digest = hash('sha256', `${seed}:${group.code}:${receiptNumber}`, 'buffer');
  const storage = hash('sha256', group.code, 'buffer').readUInt32BE(0);
  const mark: RussianFiscalMark = {
    country: 'ru',
    fiscal_storage_number: `99990${String(storage).padStart(digitsOfStorage - 5, '0')}`,
    fiscal_document_number: String(receiptNumber),
    fiscal_attribute: String(digest.readUInt32BE(0)),
    registered_at: formatOffsetTime(new Date(at), registerOffsetHours('ru_1_2')),
  };
  const link = formatRussianLink({
    country: 'ru',
    host: 'consumer.1-ofd-test.ru',
    mark,
    total: formatAmount(contentOf(document).totalMinor),
    calculation_sign: calculationSigns[operation],
    with_seconds: true,
  });
  return { mark, link, receiptNumber };
}
