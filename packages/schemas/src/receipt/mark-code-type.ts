import { z } from 'zod';
import { characters } from '../patterns/characters.js';
import { solid } from '../patterns/trimmed-pattern.js';
import { coded } from '../rules/coded.js';
import { structural } from '../rules/structural.js';
import { markField } from './fields/mark-field.js';

const code = (pattern: string, description: string) => markField(pattern).optional().describe(description);

/**
 * The mark code of an item, tag 1163, under the name of its kind. The inner names are YooKassa's; exactly one is given. A scanned
 * code holds unprintable separators, so Base64 is advised for `gs_1m`.
 */
export const markCodeTypeSchema = z
  .strictObject(
    {
      mark_code_raw: code(characters(1, 256), 'The code as scanned, FFD tag 2000; 1–256 characters'),
      unknown: code(characters(1, 32), 'A code of unknown kind, FFD tag 1300; 1–32 characters'),
      ean_8: code('[0-9]{8}', 'EAN-8, FFD tag 1301; 8 digits'),
      ean_13: code('[0-9]{13}', 'EAN-13, FFD tag 1302; 13 digits'),
      itf_14: code('[0-9]{14}', 'ITF-14, FFD tag 1303; 14 digits'),
      gs_10: code(characters(1, 38), 'GS1 without marking, FFD tag 1304; 1–38 characters'),
      gs_1m: code(
        characters(1, 200),
        'GS1 with marking, FFD tag 1305; the whole scanned code, 1–200 characters, Base64 advised',
      ),
      short: code(characters(1, 38), 'Short marking, FFD tag 1306; 1–38 characters'),
      fur: code(
        `${solid}[\\s\\S]-[\\s\\S]{6}-[\\s\\S]{9}${solid}`,
        'Mark of a fur item, FFD tag 1307; CC-NNNNNN-CCCCCCCCCC',
      ),
      egais_20: code(
        `${characters(23)}|${characters(33)}`,
        'Mark of alcohol, EGAIS 2.0, FFD tag 1308; 23 or 33 characters',
      ),
      egais_30: code(characters(14), 'Mark of alcohol, EGAIS 3.0, FFD tag 1309; 14 characters'),
    },
    structural,
  )
  .refine(
    (codes) => Object.values(codes).filter((value) => value !== undefined).length === 1,
    coded('receipt.position.mark.single'),
  )
  .meta({ minProperties: 1, maxProperties: 1 });
