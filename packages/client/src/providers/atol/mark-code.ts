import type { Receipt } from '@fiscalkit/schemas';
import { unsupportedDocument } from '../../errors/unsupported-document.js';
import { atolChoices } from './choices.js';
import { providerName } from './provider-name.js';

type MarkedPosition = Extract<Receipt, { receipt_format: 'ru_1_2' }>['positions'][number];

/** Mark code of a position, as our receipts name it: under exactly one name. */
export type MarkCodeType = NonNullable<MarkedPosition['mark_code_type']>;

type Kind = keyof MarkCodeType;

/** Reading of a mark code: the member of ATOL's `mark_code`, or what ATOL would refuse. */
type Writing = { readonly [key: string]: string } | { readonly refused: string };

const egaisLength = 23;

/** Ways in which ATOL takes each kind of mark code. */
const writings: Readonly<Record<Kind, (code: string) => Writing>> = {
  // The tag of a raw code has no field of its own: a code of GS1 goes where codes of GS1 go.
  mark_code_raw: (code) =>
    gs1Start.test(code)
      ? writeGs1m(code)
      : { refused: 'ATOL takes a raw code only where it is a GS1 code with marking.' },
  unknown: (unknown) => ({ unknown }),
  ean_8: (ean8) => ({ ean8 }),
  ean_13: (ean13) => ({ ean13 }),
  itf_14: (itf14) => ({ itf14 }),
  gs_10: (gs10) => ({ gs10 }),
  gs_1m: writeGs1m,
  short: (short) => ({ short }),
  fur: (fur) =>
    /^.{2}-[0-9]{6}-.{10}$/.test(fur)
      ? { fur }
      : { refused: 'ATOL takes six digits in the middle of a mark of fur.' },
  egais_20: (egais20) =>
    egais20.length === egaisLength
      ? { egais20 }
      : { refused: `ATOL takes ${egaisLength} characters of an EGAIS 2.0 code.` },
  egais_30: (egais30) => ({ egais30 }),
};

/**
 * Returns ATOL's `mark_code` of a position (tag 1163). Throws a `FiscalError` with `provider.unsupported` for
 * one that ATOL has no place for; `path` is that of `mark_code_type`.
 */
export function markCodeOf(code: MarkCodeType, path: string): Readonly<Record<string, string>> {
  const [named, ...others] = Object.entries(code).filter(([, value]) => value !== undefined);
  const [kind, value] = named ?? [];
  const write = kind === undefined ? undefined : writings[kind as Kind];
  if (write === undefined || value === undefined || others.length > 0) {
    throw unsupportedDocument(providerName, path, 'ATOL takes a mark code under exactly one known name.');
  }
  const writing = write(value);
  if (isRefused(writing)) throw unsupportedDocument(providerName, `${path}.${kind}`, writing.refused);
  return writing;
}

function isRefused(writing: Writing): writing is { readonly refused: string } {
  return 'refused' in writing;
}

/** Separator that some scanners put before a code. */
const separator = '\\x1d';

/** Beginning of a whole GS1 code with marking: product and serial number. */
const gs1Start = new RegExp(`^${separator}?01\\d{14}21`);

/** Writes a whole scanned code in Base64, unless it is already. */
function writeGs1m(code: string): Writing {
  const gs1m = standardBase64(code) ?? Buffer.from(code, 'utf8').toString('base64');
  return gs1m.length <= atolChoices.longestGs1m
    ? { gs1m }
    : { refused: `ATOL takes at most ${atolChoices.longestGs1m} characters of Base64 here.` };
}

/** Returns a code that is written in Base64, of either alphabet, in the standard one; else `null`. */
function standardBase64(code: string): string | null {
  if (!/^[A-Za-z0-9+/_-]{20,}={0,2}$/.test(code)) return null;
  const bytes = Buffer.from(code, 'base64');
  return gs1Start.test(bytes.toString('latin1')) ? bytes.toString('base64') : null;
}
