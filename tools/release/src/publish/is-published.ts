import type { Manifest } from '../workspace/manifest.js';
import { run } from '../workspace/run.js';
import type { Registry } from './registry.js';

/** Whether the registry has this version already. Throws when it can't be asked. */
export async function isPublished({ name, version }: Manifest, registry: Registry): Promise<boolean> {
  const question = ['view', `${name}@${version}`, 'version', '--json', ...registry.options];
  const { succeeded, output, errors } = await run('npm', question, { folder: registry.folder });
  if (succeeded) return output.trim() !== '';
  if (`${output}${errors}`.includes('E404')) return false;
  throw new Error(`The registry can't be asked for ${name}: ${errors.trim()}`);
}
