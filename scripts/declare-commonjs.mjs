// A step of a published package's build, run in its folder after the compiler: `node
// ../../scripts/declare-commonjs.mjs`. Writes the declarations of the entries that `require` finds. To
// TypeScript, a `.d.ts` of these packages declares an ES module, which it refuses to code that requires it;
// the same declarations named `.d.cts` declare CommonJS.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
const written = new Set();
for (const { require: condition } of Object.values(exports)) if (condition) declare(condition.types);

function declare(path) {
  if (written.has(path)) return;
  written.add(path);
  const text = readFileSync(path.replace(/\.d\.cts$/, '.d.ts'), 'utf8');
  const relative = /(\bfrom |\bimport\(|^import )(["'])(\.[^"']*)\.js\2/gm;
  writeFileSync(path, text.replaceAll(relative, '$1$2$3.cjs$2'));
  for (const [, , , target] of text.matchAll(relative)) declare(join(dirname(path), `${target}.d.cts`));
}
