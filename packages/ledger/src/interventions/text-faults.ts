import type { Fault } from '@fiscalkit/schemas';
import { actFault } from './act-fault.js';

/** How a text is written: on one line with nothing invisible in it, or in any way. */
type TextForm = 'printable' | 'any';

const forms: Readonly<Record<TextForm, RegExp>> = {
  printable: /^(?=.*\S)[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u,
  any: /\S/,
};

/** What is wrong with a text that must be there, and not be longer than so many characters. */
export function textFaults(path: string, text: unknown, longest: number, form: TextForm): Fault[] {
  if (text === undefined) return [actFault('field.missing', path)];
  if (typeof text !== 'string') return [actFault('field.type', path)];
  const length = Array.from(text).length;
  if (length === 0 || length > longest) return [actFault('field.length', path)];
  return forms[form].test(text) ? [] : [actFault('field.format', path)];
}
