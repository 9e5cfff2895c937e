import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { settings } from './configuration.js';
import type { Setting } from './setting.js';

const guide = fileURLToPath(new URL('../../../../docs/guides/configuration.md', import.meta.url));
const marked = /(<!-- settings: (\w+) -->\n\n)[\s\S]*?\n(?=\n<!-- end of settings -->)/g;
const text = readFileSync(guide, 'utf8');
const tables = [...text.matchAll(marked)].map(([, , name = '']) => name);

function isIn(table: string, { path }: Setting): boolean {
  return table === 'gateway' ? path.length === 1 : path.length > 1 && path[0] === table;
}

function tableOf(table: string): string {
  const title =
    {
      gateway: 'setting',
      merchants: 'setting of a merchant',
      administrators: 'setting of an administrator',
    }[table] ?? `\`${table}\``;
  const rows = settings
    .filter((setting) => isIn(table, setting))
    .map((setting) => {
      const names = setting.path.filter((name) => typeof name === 'string');
      const name = names.slice(table === 'gateway' ? 0 : 1).join('.');
      const variable = setting.variable ? `\`${setting.variable}\`` : '';
      return [`\`${name}\``, variable, defaultOf(setting), setting.guide ?? setting.help];
    });
  return aligned([[title, 'variable', 'default', 'meaning'], ...rows]);
}

function defaultOf({ absent, default: value }: Setting): string {
  if (absent !== undefined || value === undefined) return absent ?? '';
  return typeof value === 'string' ? `\`${value}\`` : String(value) || 'none';
}

/** Writes a table as the formatter does. */
function aligned([head = [], ...rows]: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[], fill: string) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0, fill)).join(' | ')} |\n`;
  const rule = head.map(() => '');
  return [line(head, ' '), line(rule, '-'), ...rows.map((row) => line(row, ' '))].join('');
}

it('the guide has the tables that the schema describes: run `npm run guides`', async () => {
  const written = text.replaceAll(marked, (_, begin, table) => `${begin}${tableOf(table)}`);
  await expect(written).toMatchFileSnapshot(guide);
});

it('the guide has every setting in one table', () => {
  for (const setting of settings) {
    expect(tables.filter((table) => isIn(table, setting))).toHaveLength(1);
  }
});
