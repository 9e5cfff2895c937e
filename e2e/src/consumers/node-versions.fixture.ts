import { join } from 'node:path';
import { installProject } from './project.fixture.js';

/** The oldest Node that the packages promise to run on. */
export const oldestNode = '22.19.0';

/** Installs a Node from npm; answers the folder of its program. */
export async function installNode(version: string): Promise<string> {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const { folder } = await installProject({ type: 'commonjs', dependencies: { [name]: version } });
  return join(folder, 'node_modules', name, 'bin');
}
