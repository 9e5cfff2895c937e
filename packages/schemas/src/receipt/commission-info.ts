import { z } from 'zod';
import { patternField } from '../fields/text-fields.js';
import { ruleOnly, structural } from '../schema/issue-codes.js';

/** Owner of commission goods in Uzbekistan: TIN or PINFL, never both. */
export const commissionInfoSchema = z
  .strictObject(
    {
      tin: patternField(/^\d{9}$/, 'receipt.position.commission')
        .optional()
        .describe('Tax id of the owner, a company (TIN); 9 digits'),
      pinfl: patternField(/^\d{14}$/, 'receipt.position.commission')
        .optional()
        .describe('Personal number of the owner, a person (PINFL); 14 digits'),
    },
    structural,
  )
  .refine(
    ({ tin, pinfl }) => (tin === undefined) !== (pinfl === undefined),
    ruleOnly('receipt.position.commission'),
  )
  .meta({ minProperties: 1, maxProperties: 1 });
