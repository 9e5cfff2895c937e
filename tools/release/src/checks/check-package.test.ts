import { describe, expect, it } from 'vitest';
import { checkPackage } from './check-package.js';
import { type Breakage, packedPackage } from './packed.fixture.js';

const entry = './dist/index.js';
const built = (kind: 'js' | 'cjs') => ({
  types: `./dist/index.d.${kind.replace('js', 'ts')}`,
  default: `./dist/index.${kind}`,
});
const commonjs = {
  'dist/index.cjs': "const { z } = require('zod');\nexports.schema = z.string();\n",
  'dist/index.d.cts': 'export declare const schema: unknown;\n',
};
const only = (target: unknown) => ({ exports: { '.': target } });

const table: readonly [code: string, breakage: Breakage][] = [
  ['manifest.licence', { manifest: { license: 'ISC' } }],
  ['manifest.engines', { manifest: { engines: {} } }],
  ['manifest.side-effects', { manifest: { sideEffects: undefined } }],
  ['manifest.repository', { manifest: { repository: { url: 'git+https://example.com/fork.git' } } }],
  ['manifest.homepage', { manifest: { homepage: undefined } }],
  ['manifest.bugs', { manifest: { bugs: undefined } }],
  ['manifest.keywords', { manifest: { keywords: [] } }],
  ['manifest.access', { manifest: { publishConfig: { access: 'restricted' } } }],
  ['manifest.workspace-range', { manifest: { dependencies: { zod: 'catalog:' } } }],
  ['documents.license', { files: { LICENSE: undefined } }],
  ['documents.readme', { files: { 'README.md': '' } }],
  ['documents.changelog', { files: { 'CHANGELOG.md': '# @fiscalkit/schemas\n\n## 0.9.0\n' } }],
  ['licence.third-party', { files: { 'dist/page/bundle.css': 'p {}' } }],
  ['leftovers.source', { files: { 'src/index.js': '' } }],
  ['leftovers.source', { files: { 'dist/amounts.ts': '' } }],
  ['leftovers.test', { files: { 'dist/index.test.d.ts': '' } }],
  ['leftovers.test', { files: { 'dist/store.contract.d.ts': '' } }],
  ['leftovers.test', { files: { 'dist/receipt.fixture.d.ts': '' } }],
  ['leftovers.source-map', { files: { 'dist/index.js.map': '{}' } }],
  ['leftovers.build', { files: { 'tsconfig.build.tsbuildinfo': '{}' } }],
  ['leftovers.hidden', { files: { '.npmrc': '' } }],
  ['leftovers.packed', { files: { 'fiscalkit-schemas-1.0.0.tgz': '' } }],
  ['paths.private', { files: { 'README.md': '# @fiscalkit/schemas\n\nSee /home/maker/fiscalkit.\n' } }],
  [
    'imports.undeclared',
    { files: { 'dist/index.js': "export const schema = await import('decimal.js');\n" } },
  ],
  ['imports.undeclared', { files: { 'dist/index.d.ts': "export { schema } from '@types/elsewhere';\n" } }],
  ['imports.undeclared', { files: { 'dist/chunk-schema.js': "import { Decimal } from 'decimal.js';\n" } }],
  ['imports.not-packed', { files: { 'dist/index.js': "export { schema } from './schema.js';\n" } }],
  ['imports.not-packed', { files: { 'dist/index.d.ts': "export { schema } from './schema.js';\n" } }],
  ['exports.file-does-not-exist', { manifest: { main: './dist/main.js' } }],
  [
    'exports.exports-types-should-be-first',
    { manifest: only({ default: entry, types: './dist/index.d.ts' }) },
  ],
  ['types.no-resolution', { manifest: { main: undefined, types: undefined } }],
  [
    'types.untyped-resolution',
    { manifest: only(entry), files: { 'dist/index.d.ts': undefined, 'dist/other.d.ts': '' } },
  ],
  [
    'types.missing',
    { manifest: { types: undefined, ...only(entry) }, files: { 'dist/index.d.ts': undefined } },
  ],
  [
    'types.cjsresolves-to-esm',
    {
      manifest: { exports: { '.': { require: built('cjs'), ...built('js') }, './more': built('js') } },
      files: commonjs,
    },
  ],
  [
    'types.false-esm',
    {
      manifest: only({
        require: { types: './dist/index.d.ts', default: './dist/index.cjs' },
        ...built('js'),
      }),
      files: commonjs,
    },
  ],
  [
    'imports.not-packed',
    { files: { ...commonjs, 'dist/index.cjs': "exports.x = require('./chunk-x.cjs');" } },
  ],
  ['imports.undeclared', { files: { ...commonjs, 'dist/index.cjs': "exports.x = require('decimal.js');" } }],
  ['imports.not-packed', { files: { 'dist/index.d.cts': "export { schema } from './schema.cjs';\n" } }],
  ['size.over-budget', { packedBytes: 10_000_000 }],
  ['size.no-budget', { manifest: { name: '@fiscalkit/new' } }],
];

describe('a packed package', () => {
  it('passes when nothing is wrong', async () => {
    expect(await checkPackage(packedPackage())).toEqual([]);
  });

  it.each(table)('is refused for %s', async (code, breakage) => {
    const flaws = await checkPackage(packedPackage(breakage));
    expect(flaws.map((flaw) => flaw.code)).toContain(code);
  });

  it('may hold what entries share in a chunk, and declarations file by file', async () => {
    const files = {
      'dist/index.js': "export { schema } from './chunk-schema.js';\n",
      'dist/chunk-schema.js': "import { z } from 'zod';\nexport const schema = z.string();\n",
      'dist/index.d.ts': "export { schema } from './schema.js';\n",
      'dist/schema.d.ts': 'export declare const schema: unknown;\n',
      'dist/thread.js': "import { schema } from './chunk-schema.js';\n",
      'dist/store/thread.d.ts': 'export {};\n',
    };
    expect(await checkPackage(packedPackage({ files }))).toEqual([]);
  });

  it('may be built for require too', async () => {
    const exports = { '.': { 'module-sync': built('js'), require: built('cjs'), ...built('js') } };
    expect(await checkPackage(packedPackage({ manifest: { exports }, files: commonjs }))).toEqual([]);
  });

  it('may hold what others made, beside their licence', async () => {
    const files = { 'dist/page/bundle.css': 'p {}', 'dist/page/LICENSE': 'Apache License' };
    expect(await checkPackage(packedPackage({ files }))).toEqual([]);
  });
});
