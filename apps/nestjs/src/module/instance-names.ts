import { FiscalError } from '@fiscalkit/schemas';
import { Inject, Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { FISCAL_NAME } from './tokens.js';

/** Names of all instances of the module in the application; `undefined` for the one without. */
@Injectable()
export class InstanceNames {
  readonly #discovery: DiscoveryService;

  constructor(@Inject(DiscoveryService) discovery: DiscoveryService) {
    this.#discovery = discovery;
  }

  all(): readonly (string | undefined)[] {
    const named = this.#discovery.getProviders().filter(({ token }) => token === FISCAL_NAME);
    return named.map(({ instance }) => instance);
  }

  /** Throws a `FiscalError` with code `module.duplicate` when two instances have the name. */
  assertOne(name: string | undefined): void {
    if (this.all().filter((each) => each === name).length <= 1) return;
    throw new FiscalError({
      code: 'module.duplicate',
      message:
        name === undefined
          ? 'Two FiscalModules of this application have no name; give each but one a name.'
          : `Two FiscalModules of this application have the name ${name}.`,
      retryable: false,
    });
  }
}
