import type { Rule } from './rule.js';

/** Rules that share everything but code, path and message. */
export function ruleSet<Code extends string>(
  shared: Omit<Rule, 'code' | 'path' | 'message'>,
  texts: Readonly<Record<Code, readonly [path: string, message: string]>>,
): readonly Rule<Code>[] {
  const codes = Object.keys(texts) as Code[];
  return codes.map((code) => {
    const [path, message] = texts[code];
    return { code, path, message, ...shared };
  });
}
