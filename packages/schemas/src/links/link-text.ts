import { errorOf } from '../rules/rules.js';
import { civilTimeOf, instantOf, twoDigits } from '../time/calendar.js';
import { formatOffsetTime } from '../time/register-time.js';

const link = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#\s]+)(\/[^?#\s]*)?(?:\?([^#\s]*))?$/;

/** Parts of a link as written: nothing decoded, nothing corrected. */
export interface LinkComponents {
  readonly host: string;
  /** Without the leading slash. */
  readonly path: string;
  readonly query: string;
}

/**
 * Splits an https link. The host includes user and port, so that comparing it with a plain host name refuses
 * both.
 */
export function splitLink(text: string): LinkComponents {
  const [matched, scheme = '', host = '', path = '', query = ''] = link.exec(text) ?? [];
  if (matched === undefined) throw errorOf('link.format');
  if (scheme.toLowerCase() !== 'https') throw errorOf('link.scheme');
  return { host: host.toLowerCase(), path: path.slice(1), query };
}

/** Form of a parameter's value. */
export interface ParameterForm {
  test(text: string): boolean;
}

/**
 * Reads a query that has every named parameter exactly once, in any order and the given form, and no other.
 * Throws a `FiscalError` with `link.parameter`.
 */
export function linkParameters<Name extends string>(
  query: string,
  forms: Readonly<Record<Name, ParameterForm>>,
): Record<Name, string> {
  const names = Object.keys(forms) as Name[];
  const pairs = query.split('&').map(splitOnce);
  const values = new Map(pairs);
  const wellFormed = names.every((name) => forms[name].test(values.get(name) ?? ''));
  if (!wellFormed || pairs.length !== names.length) throw errorOf('link.parameter');
  return Object.fromEntries(values) as Record<Name, string>;
}

/** Splits a parameter into its name and its value, which may be empty. */
export function splitOnce(pair: string): [string, string] {
  const equals = pair.indexOf('=');
  return equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
}

/**
 * Converts `yyyyMMddHHmmss`, seconds optional, on the register's clock to ISO 8601 with its offset. Throws a
 * `FiscalError` with `link.date`.
 */
export function readLinkTime(digits: string, offsetHours: number): string {
  const part = (from: number, to: number) => Number(digits.slice(from, to));
  const instant = instantOf(
    {
      year: part(0, 4),
      month: part(4, 6),
      day: part(6, 8),
      hour: part(8, 10),
      minute: part(10, 12),
      second: part(12, 14),
    },
    offsetHours,
  );
  if (instant === null) throw errorOf('link.date');
  return formatOffsetTime(instant, offsetHours);
}

/** Writes the time of a mark as `yyyyMMddHHmmss` on the register's clock. */
export function writeLinkTime(registeredAt: string, offsetHours: number): string {
  const { year, month, day, hour, minute, second } = civilTimeOf(new Date(registeredAt), offsetHours);
  return String(year).padStart(4, '0') + [month, day, hour, minute, second].map(twoDigits).join('');
}
