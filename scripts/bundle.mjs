// A step of a published package's build, run in its folder: `node ../../scripts/bundle.mjs [NAME=SOURCE…]`.
// Bundles the code of each entry of the manifest, and of each further source that is started by its file,
// into one file: Node took longer to open, resolve and link many files than to run them. Other packages stay
// outside. Declarations are the compiler's. Entries with a `require` condition are built a second time, as
// CommonJS.
import { readFileSync } from 'node:fs';
import { rolldown } from 'rolldown';

const { exports, bin = {} } = JSON.parse(readFileSync('package.json', 'utf8'));
const entries = Object.values(exports);
const nameOf = (path) => path.replace(/^\.\/dist\/(.*)\.c?js$/, '$1');
const sourcesOf = (paths) => Object.fromEntries(paths.map(nameOf).map((name) => [name, `src/${name}.ts`]));
const started = process.argv.slice(2).map((argument) => argument.split('='));

await build({
  format: 'esm',
  extension: 'js',
  input: {
    ...sourcesOf([...entries.map((entry) => entry.default), ...Object.values(bin)]),
    ...Object.fromEntries(started),
  },
});
// A source that is started by its file is no part of a caller's program, so one build of it serves both.
const required = entries.flatMap(({ require: condition }) => (condition ? [condition.default] : []));
if (required.length > 0) await build({ format: 'cjs', extension: 'cjs', input: sourcesOf(required) });

async function build({ format, extension, input }) {
  const bundle = await rolldown({
    input,
    platform: 'node',
    tsconfig: 'tsconfig.build.json',
    // The helpers of compiled decorators are no package that a user could install.
    external: /^@?(?!oxc-project\/runtime)[a-z]/,
    preserveEntrySignatures: 'strict',
  });
  const { output } = await bundle.write({
    dir: 'dist',
    format,
    cleanDir: format === 'esm',
    entryFileNames: `[name].${extension}`,
    chunkFileNames: `chunk-[name].${extension}`,
    minifyInternalExports: false,
    // Jest has no `import()` for what it loads by `require`.
    dynamicImportInCjs: false,
  });
  await bundle.close();
  for (const { fileName, code } of output)
    console.log(`dist/${fileName} ${(code.length / 1000).toFixed(1)} kB`);
}
