import { describe, expect, it, vi } from 'vitest';
import { readSettings, run } from './command-line.js';
import { commandOf } from './harness-settings.js';
import { mutationNames, mutations } from './mutations/mutations.js';

describe('the command line', () => {
  it('has a run for every ledger without more being said', () => {
    expect(readSettings([])).toMatchObject({
      ledger: 'sqlite',
      receipts: 1_000,
      gateways: 1,
      seed: 1,
      kills: 12,
    });
    expect(readSettings(['--ledger', 'postgres', '--receipts', '10000'])).toMatchObject({
      gateways: 4,
      kills: 112,
    });
  });

  it.each(mutationNames)('knows the run that shows what %s is there for', (name) => {
    const { ledger, receipts, kills } = mutations[name];
    expect(readSettings(['--without', name])).toMatchObject({ without: name, ledger, receipts, kills });
  });

  it('makes the same run again from the command in the report', () => {
    for (const argv of [
      ['--seed', '5'],
      ['--without', 'fencing'],
      ['--ledger', 'postgres', '--kills', '9'],
      ['--emphasis', 'wrong-clocks'],
      ['--provider', 'atol-v4', '--day', '900', '--emphasis', 'long-silence'],
      ['--without', 'window'],
    ]) {
      const settings = readSettings(argv);
      const command = commandOf({ ...settings, settleMs: 0, onProgress: () => {} });
      expect(readSettings(command.split(' ').slice(4))).toEqual(settings);
    }
  });

  it.each([
    [['--receipts', '0']],
    [['--receipts', 'many']],
    [['--ledger', 'oracle']],
    [['--gateways', '2']],
    [['--emphasis', 'luck']],
    [['--provider', 'luck']],
    [['--provider', 'atol-v5', '--emphasis', 'illegible']],
    [['--provider', 'atol-v5', '--without', 'fencing']],
    [['--without', 'luck']],
    [['--without', 'fencing', '--ledger', 'sqlite']],
    [['--colour']],
    [['more']],
  ])('refuses %j with status 2 and without starting anything', async (argv) => {
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(await run(argv)).toBe(2);
    expect(written).toHaveBeenCalledOnce();
    written.mockRestore();
  });

  it('explains itself', async () => {
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    expect(await run(['--help'])).toBe(0);
    const [text] = written.mock.calls[0] ?? [];
    written.mockRestore();
    for (const name of ['--receipts', '--ledger', '--seed', ...mutationNames]) expect(text).toContain(name);
  });
});
