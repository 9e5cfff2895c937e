import { hashKey, keyFault } from '../auth/api-keys.js';
import type { ConfigurationFault } from './configuration-error.js';
import { demoKeys } from './demo.js';
import type { Environment } from './environment.js';
import { readSecret, type SecretReference } from './secret.js';

/** Reads the secrets that a configuration refers to, and collects the faults. */
export class SecretReader {
  readonly faults: ConfigurationFault[] = [];
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** Returns a secret; an empty text, and a fault, if it can't be read. */
  text(setting: string, reference: SecretReference): string {
    const secret = readSecret(reference, this.#environment);
    if ('value' in secret) return secret.value;
    this.faults.push({ setting, message: secret.fault });
    return '';
  }

  /** Returns the hash of a key that callers send, without keeping the key; none, with a fault, on failure. */
  keyHash(setting: string, reference: SecretReference | undefined): string[] {
    if (!reference) return [];
    const key = this.text(setting, reference);
    if (key === '') return [];
    const fault = demoKeys.has(key) ? null : keyFault(key);
    if (fault) this.faults.push({ setting, message: fault });
    return [hashKey(key)];
  }
}
