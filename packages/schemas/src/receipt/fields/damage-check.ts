import type { z } from 'zod';
import { beyondStructure } from '../../schema/issue-codes.js';
import { markDamage } from '../mark-damage.js';

/** Checks that nothing happened to a mark code on its way from the scanner. */
export function damageCheck(isGs1: boolean): z.core.CheckFn<string> {
  return ({ value, issues }) => {
    const code = markDamage(value, isGs1);
    if (code === null) return;
    issues.push({ code: 'custom', input: value, message: code, continue: true, ...beyondStructure });
  };
}
