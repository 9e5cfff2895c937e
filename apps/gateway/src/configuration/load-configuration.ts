import { readFileSync } from 'node:fs';
import {
  type Configuration,
  type ConfigurationFile,
  configurationSchema,
  settingName,
  settings,
} from './configuration.js';
import { ConfigurationError, type ConfigurationFault } from './configuration-error.js';
import { contradictions } from './contradictions.js';
import { awayFromHome, demoEnvironment, demoValues } from './demo.js';
import { applyEnvironment, type Environment, type SettingsTree } from './environment.js';
import { SecretReader } from './read-secrets.js';

function refuseFile(message: string): never {
  throw new ConfigurationError([{ setting: 'FISCALKIT_CONFIG', message }]);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return refuseFile(`the file ${path} can't be read`);
  }
}

function parseSettings(text: string, path: string): SettingsTree {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Reported below, in our words: the parser's may quote the file.
  }
  return refuseFile(`the file ${path} is not a JSON object`);
}

/** Form of names that messages repeat; another may be a secret or an address in the wrong place. */
const settingKey = /^[A-Za-z]{1,40}$/;

function unknownSetting(path: readonly PropertyKey[], key: string): ConfigurationFault {
  return settingKey.test(key)
    ? { setting: [...path, key].join('.'), message: 'is not a setting' }
    : { setting: path.join('.') || 'the configuration', message: 'holds something that is not a setting' };
}

function check(tree: SettingsTree): ConfigurationFile {
  const result = configurationSchema.safeParse(tree);
  if (result.success) return result.data;
  throw new ConfigurationError(
    result.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => unknownSetting(issue.path, key))
        : [{ setting: settingName(issue.path), message: issue.message }],
    ),
  );
}

/**
 * Reads the configuration from the environment and from the file that `FISCALKIT_CONFIG` names. Throws a
 * `ConfigurationError` with every fault.
 */
export function loadConfiguration(environment: Environment): Configuration {
  const demo = environment.FISCALKIT_DEMO === '1';
  const given: Environment = demo ? { ...demoEnvironment, ...environment } : environment;
  const path = given.FISCALKIT_CONFIG;
  const tree = path ? parseSettings(readText(path), path) : {};
  applyEnvironment(tree, given, settings);
  const file = check(tree);
  const { adminKey, adminKeyHash, ...others } = file;
  const secrets = new SecretReader(given);
  const configuration: Configuration = {
    ...others,
    merchants: file.merchants.map((merchant, index) => secrets.merchant(merchant, `merchants.${index}`)),
    administrators: secrets.administrators(file),
    ledgerUrl: secrets.ledgerUrl(file.ledgerUrl),
    callbacks: secrets.callbacks(file.callbacks),
    webhooks: secrets.webhooks(file.webhooks),
  };
  const all = [
    ...secrets.faults,
    ...(demo ? awayFromHome(configuration) : demoValues(configuration)),
    ...contradictions(configuration),
  ];
  if (all.length > 0) throw new ConfigurationError(all);
  return configuration;
}
