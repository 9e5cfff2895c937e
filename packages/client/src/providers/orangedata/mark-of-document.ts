import { formatOffsetTime, parseWireTime, type RussianFiscalMark } from '@fiscalkit/schemas';
import type { Registration } from '../../contract/verdict.js';
import { textOf } from '../../transport/read-json.js';
import { orangedataChoices } from './choices.js';
import type { ShownDocument } from './read-answer.js';

/** Document that is registered. */
interface DoneDocument {
  readonly reference: string;
  readonly inn: string;
  readonly document: ShownDocument;
  readonly hasPages: boolean;
}

/** Returns the registration that a shown document proves; `null` if its fiscal mark is incomplete. */
export function registrationOf({ reference, inn, document, hasPages }: DoneDocument): Registration | null {
  const mark = markOf(document);
  if (mark === null) return null;
  const page = `${orangedataChoices.receiptPages}/${inn}/${encodeURIComponent(reference)}`;
  return {
    providerDocumentId: reference,
    mark,
    link: hasPages ? page : null,
    details: {
      ...textsIn(document, {
        deviceRN: 'ecr_registration_number',
        deviceSN: 'device_code',
        ofdinn: 'ofd_inn',
        odfINN: 'ofd_inn',
        fnsWebsite: 'fns_site',
      }),
      ...numbersIn(document, { shiftNumber: 'shift_number', documentIndex: 'fiscal_receipt_number' }),
      ...numbersIn(Object(document.content), { totalSum: 'total' }),
    },
  };
}

const largestUnsigned32 = 0xffff_ffff;

function markOf({ fsNumber, documentNumber, fp, processedAt }: ShownDocument): RussianFiscalMark | null {
  const fiscal_storage_number = textOf(fsNumber);
  const fiscal_document_number = unsigned32(documentNumber);
  const fiscal_attribute = unsigned32(fp);
  const registered_at = timeOf(processedAt);
  const isWhole = fiscal_storage_number !== null && /^\d{16}$/.test(fiscal_storage_number);
  if (!isWhole || fiscal_document_number === null || fiscal_attribute === null || registered_at === null)
    return null;
  return { country: 'ru', fiscal_storage_number, fiscal_document_number, fiscal_attribute, registered_at };
}

function unsigned32(value: unknown): string | null {
  const text = textOf(value);
  return text !== null && /^\d{1,10}$/.test(text) && Number(text) <= largestUnsigned32 ? text : null;
}

const localTime = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?$/;

/** Reads a time on the register's clock. */
function timeOf(value: unknown): string | null {
  const offsetHours = orangedataChoices.utcOffsetHours;
  const [, year, month, day, time] = localTime.exec(textOf(value) ?? '') ?? [];
  try {
    return formatOffsetTime(parseWireTime(`${day}.${month}.${year} ${time}`, offsetHours), offsetHours);
  } catch {
    return null;
  }
}

type Names = Readonly<Record<string, string>>;

function textsIn(document: ShownDocument, names: Names): Record<string, string> {
  return Object.fromEntries(
    Object.entries(names).flatMap(([name, own]) => {
      const text = textOf(document[name]);
      return text === null || text.length > 64 ? [] : [[own, text]];
    }),
  );
}

function numbersIn(document: ShownDocument, names: Names): Record<string, number> {
  return Object.fromEntries(
    Object.entries(names).flatMap(([name, own]) => {
      const number = Number(textOf(document[name]) ?? Number.NaN);
      return Number.isFinite(number) ? [[own, number]] : [];
    }),
  );
}
