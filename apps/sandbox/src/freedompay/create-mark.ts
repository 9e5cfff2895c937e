import { hash } from 'node:crypto';
import { type Country, type FiscalMark, formatOffsetTime, registerOffsetHours } from '@fiscalkit/schemas';

const fiscalStorageNumber = '9999078900006286';
const terminalId = 'EZ000000000001';

interface MarkSource {
  readonly country: Country;
  readonly documentNumber: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly seed: number;
}

/** What the country's register gives a document: its attribute or sign follows from the seed and the document's number. */
export function createMark({ country, documentNumber, at, seed }: MarkSource): FiscalMark {
  const digest = hash('sha256', `${seed}:${country}:${documentNumber}`, 'buffer');
  if (country === 'ru') {
    return {
      country,
      fiscal_storage_number: fiscalStorageNumber,
      fiscal_document_number: String(documentNumber),
      fiscal_attribute: String(digest.readUInt32BE(0)),
      registered_at: formatOffsetTime(new Date(at), registerOffsetHours('ru_1_05')),
    };
  }
  return {
    country,
    terminal_id: terminalId,
    receipt_number: String(documentNumber),
    fiscal_sign: String(digest.readUIntBE(0, 6) % 10 ** 12).padStart(12, '0'),
    registered_at: formatOffsetTime(new Date(at), registerOffsetHours('uz_1_0')),
  };
}
