import type { z } from 'zod';
import type { RuleCode } from '../../rules/rules.js';
import { beyondStructure } from '../../schema/issue-codes.js';

/** A text that a rule knows more about than its form. */
interface FormCheck {
  readonly code: RuleCode;
  readonly isSound: (text: string) => boolean;
  /** Whether a text that is not sound has the right form at least, which is all that JSON Schema can tell. */
  readonly hasForm: (text: string) => boolean;
  /** What is asked for, where the rule's message does not say it. */
  readonly detail?: string | undefined;
}

/** Checks a text with one code for its form and for what only a rule can say of it. */
export function formCheck({ code, isSound, hasForm, detail }: FormCheck): z.core.CheckFn<string> {
  return ({ value, issues }) => {
    if (isSound(value)) return;
    const params = { ...(detail !== undefined && { detail }), ...(hasForm(value) && beyondStructure.params) };
    issues.push({ code: 'custom', input: value, message: code, continue: true, params });
  };
}
