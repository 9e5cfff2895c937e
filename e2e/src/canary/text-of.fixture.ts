import { inspect } from 'node:util';

/** Whatever a program could print of a value: as text, as JSON, and taken apart with all that hangs on it. */
export function textOf(value: unknown): string {
  const causes = value instanceof Error && value.cause !== undefined ? textOf(value.cause) : '';
  const stack = value instanceof Error ? value.stack : '';
  const taken = inspect(value, {
    depth: null,
    showHidden: true,
    maxStringLength: null,
    maxArrayLength: null,
  });
  return [String(value), stack, jsonOf(value), taken, causes].join('\n');
}

function jsonOf(value: unknown): string | undefined {
  const seen = new Set<unknown>();
  return JSON.stringify(value, (_, member) => {
    if (typeof member === 'bigint' || seen.has(member)) return String(member);
    if (typeof member === 'object' && member !== null) seen.add(member);
    return member;
  });
}
