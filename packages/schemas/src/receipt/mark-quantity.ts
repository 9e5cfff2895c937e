import { z } from 'zod';
import { coded } from '../rules/coded.js';
import { structural } from '../rules/structural.js';

const fraction = coded('receipt.position.mark-quantity.fraction');

const part = () => z.number(structural).int(fraction).positive(fraction);

/** The share of a marked item that is sold, tag 1291: numerator below denominator. */
export const markQuantitySchema = z
  .strictObject(
    { numerator: part().describe('Tag 1293; at least 1'), denominator: part().describe('Tag 1294') },
    structural,
  )
  .refine(({ numerator, denominator }) => numerator < denominator, fraction);
