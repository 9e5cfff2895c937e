import { types } from 'node:util';

/** What is told of an error that a handler threw: the words are the application's, but for what could be a buyer's. */
export interface HandlerFailure {
  /** Name of the error, or the type of what was thrown instead. */
  readonly errorName: string;
  /** Its message, one bounded line; e-mail addresses, phones and long runs of digits are masked. */
  readonly message: string;
  /** Where it came from, masked like the message; `null` where nobody knows. */
  readonly stack: string | null;
}

const longestName = 100;
const longestMessage = 500;
const longestStack = 4_000;

/** How much behind the end of what is told is looked at, for an address or a number that the end would cut. */
const beyond = 200;

/** Describes what a handler threw, whatever it is; never throws. Causes are left out: they are often another program's words. */
export function handlerFailure(thrown: unknown): HandlerFailure {
  if (!isError(thrown)) {
    return {
      errorName: typeof thrown,
      message: typeof thrown === 'string' ? masked(thrown, longestMessage).replace(/\s+/g, ' ') : '',
      stack: null,
    };
  }
  const stack = textOf(thrown, 'stack');
  return {
    errorName: masked(textOf(thrown, 'name') ?? 'Error', longestName),
    message: masked(textOf(thrown, 'message') ?? '', longestMessage).replace(/\s+/g, ' '),
    stack: stack === null ? null : masked(stack, longestStack),
  };
}

/** An error of this realm or, as in Jest, of the one around it. */
function isError(thrown: unknown): thrown is Error {
  try {
    return types.isNativeError(thrown) || thrown instanceof Error;
  } catch {
    return false; // A proxy may refuse to be asked.
  }
}

/** A member that is a text; `null` for another, and for one whose getter throws. */
function textOf(error: Error, member: 'name' | 'message' | 'stack'): string | null {
  try {
    const value: unknown = error[member];
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

/** Characters that nobody sees, or that steer a terminal; the ends of lines and tabs stay. */
const unseen = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}]/gu;

const addresses = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+/gu;

/** Nine digits and more, however they are spaced: phones, cards, tax ids. */
const longNumbers = /\+?\p{Nd}(?:[\s().,/_*\p{Pd}]{0,3}\p{Nd}){8,}/gu;

/** An address of a machine names nobody who buys. */
const machine = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/** Masked before it is cut, so that no half of an address or number is left at the end. */
function masked(text: string, longest: number): string {
  return text
    .slice(0, longest + beyond)
    .replace(unseen, '')
    .replace(addresses, '***')
    .replace(longNumbers, (run) => (machine.test(run) ? run : '***'))
    .slice(0, longest);
}
