import type { Fault } from '../../errors/fault.js';

/** Rule of the catalogue. Its code is permanent: never renamed, never reused for another. */
export interface Rule<Code extends string = string> {
  readonly code: Code;
  readonly severity: Fault['severity'];
  /** Place of the fault: a JSONPath that matches every path of a fault, or the name of a query parameter. */
  readonly path: string;
  readonly message: string;
  /** Source of the rule: an address, or `fiscalkit` for a choice of ours. */
  readonly source: string;
  /** First version of this package with the rule. */
  readonly since: string;
}

/** Builds rules that share everything but code, path and message. */
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
