import type { Rule } from './rule.js';

/** Rules that share everything but code and message. */
export function ruleSet<Code extends string>(
  shared: Omit<Rule, 'code' | 'message'>,
  messages: Readonly<Record<Code, string>>,
): readonly Rule<Code>[] {
  const codes = Object.keys(messages) as Code[];
  return codes.map((code) => ({ code, message: messages[code], ...shared }));
}
