import { FiscalError } from '@fiscalkit/schemas';

/** One thing that is wrong with the configuration. */
export interface ConfigurationFault {
  /** Path of the setting, and the variable that sets it where there is one. */
  readonly setting: string;
  readonly message: string;
}

/** Thrown with every fault of the configuration at once; never with a secret. */
export class ConfigurationError extends FiscalError {
  readonly settings: readonly ConfigurationFault[];

  constructor(settings: readonly ConfigurationFault[]) {
    super({
      code: 'configuration.invalid',
      message: settings.map(({ setting, message }) => `  ${setting}: ${message}`).join('\n'),
      retryable: false,
    });
    this.name = 'ConfigurationError';
    this.settings = settings;
  }
}
