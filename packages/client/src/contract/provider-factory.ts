import type { Provider } from './provider.js';

/**
 * Setting of a provider as data, from which a program makes its file, variables, help and guide. The transport's
 * settings belong to every provider and are not listed.
 */
export interface ProviderSetting {
  /** Member of the provider's settings: `groupCode`. */
  readonly name: string;
  readonly kind: 'text' | 'address' | 'secret' | 'flag' | 'whole';
  /** One line without the default. */
  readonly help: string;
  readonly isRequired?: true;
  /** Value that the provider takes when the setting is absent. */
  readonly default?: string | number | boolean;
  /** Effect of leaving it out, where there is no default to show: `none`. */
  readonly absent?: string;
  /** Possible texts. */
  readonly choices?: readonly string[];
  /** Limits of a whole number. */
  readonly least?: number;
  readonly most?: number;
}

/** Provider that a program can offer by its name alone. */
export interface ProviderFactory {
  readonly name: string;
  readonly settings: readonly ProviderSetting[];
  /** Creates the provider; throws a `FiscalError` with `settings.<name>` for a wrong setting. */
  create(settings: Readonly<Record<string, unknown>>): Provider;
}
