import type { PackedPackage } from '../packed/packed-package.js';
import type { Manifest } from '../workspace/manifest.js';
import { repositoryUrl } from './manifest.js';

const text = new TextEncoder();

const manifest = {
  name: '@fiscalkit/schemas',
  version: '1.0.0',
  license: 'MIT',
  type: 'module',
  homepage: 'https://example.com',
  repository: { type: 'git', url: repositoryUrl, directory: 'packages/schemas' },
  bugs: { url: 'https://example.com/issues' },
  keywords: ['receipt'],
  engines: { node: '>=22.19' },
  sideEffects: false,
  files: ['dist', 'README.md', 'CHANGELOG.md'],
  main: './dist/index.js',
  types: './dist/index.d.ts',
  exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
  dependencies: { zod: '4.6.7' },
  publishConfig: { access: 'public' },
};

/** A package without a flaw. */
const sound: Readonly<Record<string, string>> = {
  LICENSE: 'MIT License\n',
  'README.md': '# @fiscalkit/schemas\n',
  'CHANGELOG.md': '# @fiscalkit/schemas\n\n## 1.0.0\n\nThe first.\n',
  'dist/index.js': "import { z } from 'zod';\nexport const schema = z.string();\n",
  'dist/index.d.ts': 'export declare const schema: unknown;\n',
};

/** What sets a package apart from one without a flaw. `undefined` takes away. */
export interface Breakage {
  readonly manifest?: Readonly<Record<string, unknown>>;
  readonly files?: Readonly<Record<string, string | undefined>>;
  readonly packedBytes?: number;
}

/** Makes a packed package that has the given flaw and no other. */
export function packedPackage(breakage: Breakage = {}): PackedPackage {
  const changed = JSON.parse(JSON.stringify({ ...manifest, ...breakage.manifest })) as Manifest;
  const files = { ...sound, 'package.json': JSON.stringify(changed), ...breakage.files };
  const present = Object.entries(files).flatMap(([path, content]) =>
    content === undefined ? [] : [[path, text.encode(content)] as const],
  );
  return { manifest: changed, files: new Map(present), packedBytes: breakage.packedBytes ?? 1000 };
}
