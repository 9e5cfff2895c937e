import { type ConfigurationFile, settingName } from './configuration.js';
import type { ConfigurationFault } from './configuration-error.js';
import type { Environment } from './environment.js';
import { ledgerUrlFault } from './ledger-address.js';
import { readSecret } from './secret.js';

const setting = settingName(['ledgerUrl']);
const password = /^postgres(?:ql)?:\/\/(?:[^@/]*:[^@/]+@|.*[?&]password=)/;

/** Reads the URL of the ledger, or returns what is wrong with it. */
export function readLedgerUrl(
  given: ConfigurationFile['ledgerUrl'],
  environment: Environment,
): { readonly ledgerUrl: string; readonly faults: readonly ConfigurationFault[] } {
  const faulty = (message: string) => ({ ledgerUrl: '', faults: [{ setting, message }] });
  if (typeof given === 'string' && password.test(given)) {
    return faulty('holds a password: name where it is, {"env": "VARIABLE"} or {"file": "path"}');
  }
  const read = typeof given === 'string' ? { value: given } : readSecret(given, environment);
  if ('fault' in read) return faulty(read.fault);
  const fault = ledgerUrlFault(read.value);
  if (fault !== null) return faulty(fault);
  return { ledgerUrl: read.value, faults: [] };
}
