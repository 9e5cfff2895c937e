import { z } from 'zod';
import { coded } from '../../rules/coded.js';
import type { RuleCode } from '../../rules/rules.js';
import { structural } from '../../rules/structural.js';
import { isEmailPlaceholder } from './is-email-placeholder.js';

const address = /^[^\s@"(),:;<>[\\\]]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u;

/** An e-mail address of at most 64 characters (tags 1008 and 1117), national domains included. */
export function emailField(code: RuleCode) {
  return z
    .string(structural)
    .trim()
    .max(64, { ...coded(code), abort: true })
    .refine((text) => address.test(text) || isEmailPlaceholder(text), coded(code));
}
