import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { root } from '../example-in.fixture.js';

const run = promisify(execFile);
const packageFolder = join(root, 'e2e');
const compiler = join(root, 'node_modules/typescript/bin/tsc');
const generator = fileURLToPath(new URL('../bin/cli.js', import.meta.resolve('openapi-typescript')));
const hook = new URL('./typescript-with-an-api.fixture.ts', import.meta.url).href;

const compilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  target: 'es2024',
  module: 'nodenext',
  skipLibCheck: true,
  types: ['node'],
  typeRoots: [join(root, 'node_modules/@types')],
  outDir: 'out',
};

/** A small TypeScript project of a shop, that calls a gateway through generated types. */
export interface TypedProject {
  /** Compiles the program; answers what the compiler complains about. */
  compile(program: string): Promise<string>;
  /** Runs what was compiled; answers what it prints. */
  run(environment: Readonly<Record<string, string>>): Promise<string>;
  remove(): void;
}

/** Makes a project with the types of a gateway's own description. */
export async function typedProject(gatewayUrl: string): Promise<TypedProject> {
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-typed-client-'));
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
  symlinkSync(join(packageFolder, 'node_modules'), join(folder, 'node_modules'));
  write('package.json', JSON.stringify({ private: true, type: 'module' }));
  write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['fiscalize.ts'] }));
  const node = async (...commandLine: string[]) => {
    await run(process.execPath, commandLine, { cwd: folder });
  };
  const description = `${gatewayUrl}/openapi.json`;
  const settings = ['--default-non-nullable', 'false', '--output', 'gateway.d.ts'];
  await node('--import', hook, generator, description, ...settings);
  return {
    async compile(program) {
      write('fiscalize.ts', program);
      try {
        await node(compiler, '--project', folder);
        return '';
      } catch (error) {
        return String(Object(error).stdout);
      }
    },
    async run(environment) {
      const { stdout } = await run(process.execPath, [join(folder, 'out/fiscalize.js')], {
        cwd: folder,
        env: { ...process.env, ...environment },
      });
      return stdout;
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
