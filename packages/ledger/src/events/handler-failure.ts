import { types } from 'node:util';

/** What is told of an error that a handler threw: the words are the application's, but for what could be a buyer's. */
export interface HandlerFailure {
  /** Name of the error, or the type of what was thrown instead. */
  readonly errorName: string;
  /** Its message, one bounded text; e-mail addresses, phones and long runs of digits are masked. */
  readonly message: string;
  /** Where it came from, masked like the message; `null` where nobody knows. */
  readonly stack: string | null;
}

const longestMessage = 500;
const longestStack = 4_000;

/** Describes what a handler threw. Causes are left out: they are often another program's words. */
export function handlerFailure(error: unknown): HandlerFailure {
  if (!isError(error)) {
    return {
      errorName: typeof error,
      message: typeof error === 'string' ? masked(error, longestMessage) : '',
      stack: null,
    };
  }
  const { name, message, stack } = error;
  return {
    errorName: name,
    message: masked(message, longestMessage),
    stack: typeof stack === 'string' ? masked(stack, longestStack) : null,
  };
}

/** An error of this realm or, as in Jest, of the one around it. */
function isError(thrown: unknown): thrown is Error {
  return thrown instanceof Error || types.isNativeError(thrown);
}

const addresses = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+/gu;

/** Nine digits and more, however they are spaced: phones, cards, tax ids. */
const longNumbers = /\+?\d(?:[ ()-]{0,2}\d){8,}/g;

function masked(text: string, longest: number): string {
  return text.slice(0, longest).replace(addresses, '***').replace(longNumbers, '***');
}
