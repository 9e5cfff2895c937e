import { z } from 'zod';
import { markField } from '../fields/mark-fields.js';
import { characters, solid } from '../fields/trimmed-text.js';
import { ruleOnly, structural } from '../schema/issue-codes.js';

interface Kind {
  readonly pattern: string;
  /** Number of characters, in words. */
  readonly limits: string;
  readonly isGs1?: boolean;
  readonly note?: string;
}

/** Builds the field of one kind of mark code; the name has the kind and its tag. */
function code(name: string, { pattern, limits, isGs1 = false, note }: Kind) {
  return markField({ pattern, limits: note ? `${limits}, ${note}` : limits, isGs1 })
    .optional()
    .describe(`${name}; ${limits}${note ? `, ${note}` : ''}`);
}

function upTo(maximum: number): Pick<Kind, 'pattern' | 'limits'> {
  return { pattern: characters(1, maximum), limits: `1–${maximum} characters` };
}

function digits(count: number): Pick<Kind, 'pattern' | 'limits'> {
  return { pattern: `[0-9]{${count}}`, limits: `${count} digits` };
}

/**
 * Mark code of an item, tag 1163, under the name of its kind. The inner names are YooKassa's; exactly one is
 * given. A scanned code holds its separators as they are, U+001D; JSON writes them as an escape, and no other
 * escape belongs to a code. In Base64 the limit is that of the text in Base64.
 */
export const markCodeTypeSchema = z
  .strictObject(
    {
      mark_code_raw: code('The code as scanned, FFD tag 2000', upTo(256)),
      unknown: code('A code of unknown kind, FFD tag 1300', upTo(32)),
      ean_8: code('EAN-8, FFD tag 1301', digits(8)),
      ean_13: code('EAN-13, FFD tag 1302', digits(13)),
      itf_14: code('ITF-14, FFD tag 1303', digits(14)),
      gs_10: code('GS1 without marking, FFD tag 1304', { ...upTo(38), isGs1: true }),
      gs_1m: code('GS1 with marking, FFD tag 1305; the whole scanned code or its Base64', {
        ...upTo(200),
        isGs1: true,
        note: 'as it is sent: where its Base64 is longer, send the code itself',
      }),
      short: code('Short marking, FFD tag 1306', { ...upTo(38), isGs1: true }),
      fur: code('Mark of a fur item, FFD tag 1307', {
        pattern: `${solid}[\\s\\S]-[\\s\\S]{6}-[\\s\\S]{9}${solid}`,
        limits: '20 characters, CC-NNNNNN-CCCCCCCCCC',
      }),
      egais_20: code('Mark of alcohol, EGAIS 2.0, FFD tag 1308', {
        pattern: `${characters(23)}|${characters(33)}`,
        limits: '23 or 33 characters',
      }),
      egais_30: code('Mark of alcohol, EGAIS 3.0, FFD tag 1309', {
        pattern: characters(14),
        limits: '14 characters',
      }),
    },
    structural,
  )
  .refine(
    (codes) => Object.values(codes).filter((value) => value !== undefined).length === 1,
    ruleOnly('receipt.position.mark.single'),
  )
  .meta({ minProperties: 1, maxProperties: 1 });
