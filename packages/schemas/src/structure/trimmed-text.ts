import { z } from 'zod';
import { structural } from '../schema/issue-codes.js';

/** A text without the blanks around it: what fields of texts are made of, each with checks of its own. */
export const trimmedText = z.string(structural).trim();
