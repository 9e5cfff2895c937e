import { z } from 'zod';
import { coded } from '../rules/coded.js';
import { structural } from '../rules/structural.js';
import { patternField } from './fields/pattern-field.js';

const code = (pattern: RegExp, description: string) =>
  patternField(pattern, 'receipt.position.mark.length').optional().describe(description);

/**
 * The mark code of an item, tag 1163, under the name of its kind. The inner names are YooKassa's; exactly one is given. A scanned
 * code holds unprintable separators, so Base64 is advised for `gs_1m`.
 */
export const markCodeTypeSchema = z
  .strictObject(
    {
      mark_code_raw: code(/^.{1,256}$/s, 'The code as scanned, tag 2000; ≤256'),
      unknown: code(/^.{1,32}$/s, 'A code of unknown kind, tag 1300; ≤32'),
      ean_8: code(/^\d{8}$/, 'EAN-8, tag 1301; 8 digits'),
      ean_13: code(/^\d{13}$/, 'EAN-13, tag 1302; 13 digits'),
      itf_14: code(/^\d{14}$/, 'ITF-14, tag 1303; 14 digits'),
      gs_10: code(/^.{1,38}$/s, 'GS1 without marking, tag 1304; ≤38'),
      gs_1m: code(/^.{1,200}$/s, 'GS1 with marking, tag 1305; the whole scanned code, ≤200'),
      short: code(/^.{1,38}$/s, 'Short marking, tag 1306; ≤38'),
      fur: code(/^.{2}-.{6}-.{10}$/s, 'Mark of a fur item, tag 1307; CC-NNNNNN-CCCCCCCCCC'),
      egais_20: code(/^(.{23}|.{33})$/s, 'Mark of alcohol, EGAIS 2.0, tag 1308; 23 or 33 characters'),
      egais_30: code(/^.{14}$/s, 'Mark of alcohol, EGAIS 3.0, tag 1309; 14 characters'),
    },
    structural,
  )
  .refine((codes) => Object.values(codes).filter((value) => value !== undefined).length === 1, {
    ...coded('receipt.position.mark.single'),
  });
