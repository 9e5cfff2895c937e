import { formatOffsetTime, parseWireTime, type RussianFiscalMark } from '@fiscalkit/schemas';
import type { Registration } from '../../contract/verdict.js';
import { textOf } from '../../transport/read-json.js';
import { atolChoices } from './choices.js';
import type { AtolAnswer } from './read-answer.js';

type Payload = NonNullable<AtolAnswer['payload']>;

/** Report of a document that is done. */
interface DoneReport {
  readonly uuid: string;
  readonly payload: Payload;
  readonly deviceCode: string | null;
}

/**
 * Returns the registration that a report proves; `null` if its fiscal mark is incomplete. The link is there
 * for three operators only, and is not made up for others.
 */
export function registrationOf({ uuid, payload, deviceCode }: DoneReport): Registration | null {
  const mark = markOf(payload);
  if (mark === null) return null;
  return {
    providerDocumentId: uuid,
    mark,
    link: linkOf(payload.ofd_receipt_url),
    details: {
      ...textsIn(payload, ['ecr_registration_number', 'ofd_inn', 'fns_site']),
      ...numbersIn(payload, ['shift_number', 'fiscal_receipt_number', 'total']),
      ...textsIn({ device_code: deviceCode }, ['device_code']),
      ...marksIn(payload.marks_result),
    },
  };
}

/** Members of a payload that only a receipt has: whatever a report says of it, a register has printed one. */
const membersOfReceipt = [
  'fiscal_document_number',
  'fiscal_document_attribute',
  'fiscal_receipt_number',
  'receipt_datetime',
  'ofd_receipt_url',
] as const;

/** Whether a report shows a receipt, or a part of its mark. */
export function showsReceipt(payload: AtolAnswer['payload']): boolean {
  return payload !== null && membersOfReceipt.some((name) => textOf(payload[name]) !== null);
}

const largestUnsigned32 = 0xffff_ffff;

function markOf(payload: Payload): RussianFiscalMark | null {
  const fiscal_storage_number = textOf(payload.fn_number);
  const fiscal_document_number = unsigned32(payload.fiscal_document_number);
  const fiscal_attribute = unsigned32(payload.fiscal_document_attribute);
  const registered_at = timeOf(payload.receipt_datetime);
  const isWhole = fiscal_storage_number !== null && /^\d{16}$/.test(fiscal_storage_number);
  if (!isWhole || fiscal_document_number === null || fiscal_attribute === null || registered_at === null)
    return null;
  return { country: 'ru', fiscal_storage_number, fiscal_document_number, fiscal_attribute, registered_at };
}

function unsigned32(value: unknown): string | null {
  const text = textOf(value);
  return text !== null && /^\d{1,10}$/.test(text) && Number(text) <= largestUnsigned32 ? text : null;
}

function timeOf(value: unknown): string | null {
  const offsetHours = atolChoices.utcOffsetHours;
  try {
    return typeof value === 'string'
      ? formatOffsetTime(parseWireTime(value.trim(), offsetHours), offsetHours)
      : null;
  } catch {
    return null;
  }
}

const longestLink = 2048;

function linkOf(value: unknown): string | null {
  const text = textOf(value);
  return text !== null && text.length <= longestLink && /^https?:\/\/[^\s\p{Cc}\p{Cs}]+$/u.test(text)
    ? text
    : null;
}

function textsIn(payload: Payload, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const text = textOf(payload[name]);
      return text === null || text.length > 64 ? [] : [[name, text]];
    }),
  );
}

function numbersIn(payload: Payload, names: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const number = Number(textOf(payload[name]) ?? Number.NaN);
      return Number.isFinite(number) ? [[name, number]] : [];
    }),
  );
}

/** Returns the results of checks of mark codes (tag 2106) by position, without the codes. */
function marksIn(value: unknown): { marks_result?: readonly object[] } {
  if (!Array.isArray(value)) return {};
  const results = value.flatMap((each: unknown) => {
    const { position, result } = Object(each);
    return Number.isInteger(position) && Number.isInteger(result) ? [{ position, result }] : [];
  });
  return results.length > 0 ? { marks_result: results } : {};
}
