import { z } from 'zod';
import { coded, ruleOnly, structural } from '../schema/issue-codes.js';

const code = 'receipt.position.mark-quantity.fraction';
const fraction = coded(code);

const part = () => z.number(structural).int(fraction).min(1, fraction);

/** Sold share of a marked item, tag 1291: numerator below denominator. */
export const markQuantitySchema = z
  .strictObject(
    {
      numerator: part().describe('How many parts are sold, FFD tag 1293; whole number, at least 1'),
      denominator: part().describe('Parts of a whole item, FFD tag 1294; whole number above the numerator'),
    },
    structural,
  )
  .refine(({ numerator, denominator }) => numerator < denominator, ruleOnly(code));
