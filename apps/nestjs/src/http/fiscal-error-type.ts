import { isFiscalError } from '@fiscalkit/schemas';

/** Stands for the class of our errors where a framework asks with `instanceof`: every copy of the package has a class of its own. */
// biome-ignore lint/complexity/noStaticOnlyClass: what Nest catches by is a class
export class FiscalErrorType {
  static [Symbol.hasInstance](value: unknown): boolean {
    return isFiscalError(value);
  }
}
