// Part of a published package's build, run in its folder: `node ../../scripts/bundle.mjs [NAME=SOURCE…]`. Puts the code below each entry
// of the manifest, and below each further source that is started by its file, into one file: Node opens, resolves and links each
// file of its own, which took longer than running them. What other packages bring stays theirs. Declarations are the compiler's.
import { readFileSync } from 'node:fs';
import { rolldown } from 'rolldown';

const { exports, bin = {} } = JSON.parse(readFileSync('package.json', 'utf8'));
const built = [...Object.values(exports).map((entry) => entry.default), ...Object.values(bin)];
const entries = built.map((path) => path.replace(/^\.\/dist\/(.*)\.js$/, '$1'));
const started = process.argv.slice(2).map((argument) => argument.split('='));

const bundle = await rolldown({
  input: {
    ...Object.fromEntries(entries.map((entry) => [entry, `src/${entry}.ts`])),
    ...Object.fromEntries(started),
  },
  platform: 'node',
  tsconfig: 'tsconfig.build.json',
  // What the compiler of decorators brings along is no package of anybody's.
  external: /^@?(?!oxc-project\/runtime)[a-z]/,
  preserveEntrySignatures: 'strict',
});
const { output } = await bundle.write({
  dir: 'dist',
  cleanDir: true,
  chunkFileNames: 'chunk-[name].js',
  minifyInternalExports: false,
});
await bundle.close();
for (const { fileName, code } of output)
  console.log(`dist/${fileName} ${(code.length / 1000).toFixed(1)} kB`);
