import { type Administrator, type ConfigurationFile, settingName } from './configuration.js';
import type { SecretReader } from './secret-reader.js';

type AdministratorsFile = Pick<ConfigurationFile, 'adminKey' | 'adminKeyHash' | 'administrators'>;

/** Returns the administrators of the file, and the one named `admin` whose key has a setting of its own. */
export function readAdministrators(
  { adminKey, adminKeyHash = [], administrators }: AdministratorsFile,
  secrets: SecretReader,
): Administrator[] {
  const keyHashes = [...adminKeyHash, ...secrets.keyHash(settingName(['adminKey']), adminKey)];
  return [
    ...administrators.map(({ name, keyHash }) => ({ name, keyHashes: keyHash })),
    ...(keyHashes.length > 0 ? [{ name: 'admin', keyHashes }] : []),
  ];
}
