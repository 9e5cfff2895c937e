import { z } from 'zod';
import { structural } from '../rules/structural.js';
import { textField } from './fields/text-field.js';

/** The user's own detail of a receipt, tag 1084. */
export const userPropsSchema = z.strictObject(
  {
    name: textField(64).describe('Tag 1085; ≤64'),
    value: textField(256).describe('Tag 1086; ≤256'),
  },
  structural,
);
