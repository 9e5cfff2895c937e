import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/** Lets a Node say that it is of another version, before the program begins. */
function ofVersion(version: string): string {
  const versions = `{ ...process.versions, node: ${JSON.stringify(version)} }`;
  return `data:text/javascript,Object.defineProperty(process, 'versions', { value: ${versions} })`;
}

describe.each(['gateway', 'sandbox'])('fiscalkit-%s', (name) => {
  const main = fileURLToPath(import.meta.resolve(`@fiscalkit/${name}`).replace(/index\.js$/, 'main.js'));
  const help = (version: string) =>
    spawnSync(process.execPath, ['--import', ofVersion(version), main, '--help'], { encoding: 'utf8' });

  it.each(['18.20.4', '20.20.2', '22.18.0'])('says in one sentence that Node %s is too old', (version) => {
    const { status, stdout, stderr } = help(version);
    expect(stderr).toBe(`fiscalkit-${name} needs Node 22.19 or later; this is Node ${version}.\n`);
    expect(stdout).toBe('');
    expect(status).toBe(1);
  });

  it.each(['22.19.0', '24.0.0'])('runs on Node %s', (version) => {
    expect(help(version)).toMatchObject({ status: 0, stderr: '' });
  });

  it('asks for what its manifest asks for', () => {
    const manifest = JSON.parse(readFileSync(new URL('../package.json', `file://${main}`), 'utf8'));
    expect(manifest.engines.node).toBe('>=22.19');
  });
});
