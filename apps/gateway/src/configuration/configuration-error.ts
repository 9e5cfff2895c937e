import { FiscalError } from '@fiscalkit/schemas';

/** Fault of the configuration. */
export interface ConfigurationFault {
  /** Path of the setting, with the variable that sets it if there is one. */
  readonly setting: string;
  readonly message: string;
}

/** Error with every fault of the configuration at once, and never with a secret. */
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
