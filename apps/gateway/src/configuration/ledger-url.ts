import type { ConfigurationFile } from './configuration.js';
import type { ConfigurationFault } from './configuration-error.js';
import type { Environment } from './environment.js';
import { ledgerAddress } from './ledger-address.js';
import { readSecret } from './secret.js';

const setting = 'ledgerUrl (FISCALKIT_LEDGER_URL)';
const password = /^postgres(?:ql)?:\/\/[^@/]*:[^@/]+@/;

/** Reads where the ledger is; what is wrong with it is the fault. */
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
  if (ledgerAddress(read.value) === null)
    return faulty('must be sqlite:PATH or postgres://USER:PASSWORD@HOST:PORT/DATABASE');
  return { ledgerUrl: read.value, faults: [] };
}
