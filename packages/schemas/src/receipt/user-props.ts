import { z } from 'zod';
import { documentedTextField } from '../fields/text-fields.js';
import { structural } from '../schema/issue-codes.js';

/** The user's own detail of a receipt, tag 1084. */
export const userPropsSchema = z.strictObject(
  {
    name: documentedTextField(64).describe('Name of the detail, FFD tag 1085; text of 1–64 characters'),
    value: documentedTextField(256).describe('Value of the detail, FFD tag 1086; text of 1–256 characters'),
  },
  structural,
);
