import type { Receipt } from '@fiscalkit/schemas';
import { refuse } from './refuse.js';

type MarkedPosition = Extract<Receipt, { receipt_format: 'ru_1_2' }>['positions'][number];

/** Mark code of a position, as our receipts name it: under exactly one name. */
export type MarkCodeType = NonNullable<MarkedPosition['mark_code_type']>;

type Kind = keyof MarkCodeType;

/** Members of a position that carry a mark code: the code as scanned (tag 2000), or one of a known kind. */
export type MarkCode =
  | { readonly itemCode: string }
  | { readonly barcodes: Readonly<Record<string, string>> };

const longestItemCode = 223;
const longestGs1 = 38;
const lengthOfMi = 20;
const lengthOfEgais20 = 23;

/** Ways in which OrangeData takes each kind of mark code. */
const writings: Readonly<Record<Kind, (code: string, path: string) => MarkCode>> = {
  mark_code_raw: itemCode,
  unknown: itemCode,
  short: itemCode,
  gs_1m: (code, path) => itemCode(scannedCode(code), path),
  ean_8: (ean8) => ({ barcodes: { ean8 } }),
  ean_13: (ean13) => ({ barcodes: { ean13 } }),
  itf_14: (itf14) => ({ barcodes: { itf14 } }),
  gs_10: (gs1, path) => ({ barcodes: { gs1: upTo(longestGs1, gs1, path) } }),
  fur: (mi, path) => ({ barcodes: { mi: upTo(lengthOfMi, mi, path) } }),
  egais_20: (egais20, path) => ({ barcodes: { egais20: upTo(lengthOfEgais20, egais20, path) } }),
  egais_30: (egais30) => ({ barcodes: { egais30 } }),
};

/** Returns the members of a mark code; `path` is that of `mark_code_type`. Refuses one that has no place. */
export function markCodeOf(code: MarkCodeType, path: string): MarkCode {
  const [named, ...others] = Object.entries(code).filter(([, value]) => value !== undefined);
  const [kind, value] = named ?? [];
  const write = kind === undefined ? undefined : writings[kind as Kind];
  if (write === undefined || value === undefined || others.length > 0) {
    return refuse(path, 'OrangeData takes a mark code under exactly one known name.');
  }
  return write(value, `${path}.${kind}`);
}

function itemCode(code: string, path: string): MarkCode {
  return { itemCode: upTo(longestItemCode, code, path) };
}

function upTo(longest: number, code: string, path: string): string {
  return code.length <= longest ? code : refuse(path, `OrangeData takes at most ${longest} characters here.`);
}

/** Separator that some scanners put before a code. */
const separator = '\\x1d';

/** Beginning of a whole GS1 code with marking: product and serial number, perhaps behind a separator. */
const gs1Start = new RegExp(`^${separator}?01\\d{14}21`);

/** Returns a code that is written in Base64, of either alphabet, as it was scanned; another one as it is. */
function scannedCode(code: string): string {
  if (!/^[A-Za-z0-9+/_-]{20,}={0,2}$/.test(code)) return code;
  const scanned = Buffer.from(code, 'base64').toString('latin1');
  return gs1Start.test(scanned) ? scanned : code;
}
