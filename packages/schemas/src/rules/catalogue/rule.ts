import type { Fault } from '../../errors/fault.js';

/** One rule of the catalogue. Its code is permanent: never renamed, never used again for something else. */
export interface Rule<Code extends string = string> {
  readonly code: Code;
  readonly severity: Fault['severity'];
  /** Where the fault shows: a JSONPath that every path of a fault matches, or the name of a query parameter. */
  readonly path: string;
  readonly message: string;
  /** Where the rule comes from: an address, or `fiscalkit` for a choice of ours. */
  readonly source: string;
  /** Version of this package that brought the rule. */
  readonly since: string;
}

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
