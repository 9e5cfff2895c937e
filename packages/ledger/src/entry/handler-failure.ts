import { types } from 'node:util';

/**
 * Report of an error that a handler threw, in the application's words except for what could identify a buyer.
 */
export interface HandlerFailure {
  /** Name of the error, or the type of what was thrown instead. */
  readonly errorName: string;
  /** Its message, one bounded line; e-mail addresses, phones and long runs of digits are masked. */
  readonly message: string;
  /** Stack, masked like the message; `null` where there is none. */
  readonly stack: string | null;
}

const longestName = 100;
const longestMessage = 500;
const longestStack = 4_000;

/** Characters searched behind the end of a text, for an address or a number that the end would cut. */
const beyond = 200;

/**
 * Describes what a handler threw, whatever it is; never throws. Causes are omitted: they are often another
 * program's words.
 */
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

/** Whether it is an error of this realm or, as in Jest, of the one around it. */
function isError(thrown: unknown): thrown is Error {
  try {
    return types.isNativeError(thrown) || thrown instanceof Error;
  } catch {
    return false; // A proxy may refuse to be asked.
  }
}

/** Returns a member that is a text; `null` for another, and for one whose getter throws. */
function textOf(error: Error, member: 'name' | 'message' | 'stack'): string | null {
  try {
    const value: unknown = error[member];
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

/** Invisible characters, and those that control a terminal; line ends and tabs stay. */
const unseen = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}]/gu;

const addresses = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+/gu;

/** Nine digits and more, however they are spaced: phones, cards, tax ids. */
const longNumbers = /\+?\p{Nd}(?:[\s().,/_*\p{Pd}]{0,3}\p{Nd}){8,}/gu;

/** An IP address, which identifies no buyer. */
const machine = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/** Masks a text before it is cut, so that no half of an address or number is left at the end. */
function masked(text: string, longest: number): string {
  return text
    .slice(0, longest + beyond)
    .replace(unseen, '')
    .replace(addresses, '***')
    .replace(longNumbers, (run) => (machine.test(run) ? run : '***'))
    .slice(0, longest);
}
