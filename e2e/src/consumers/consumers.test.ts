import { startSandbox } from '@fiscalkit/sandbox';
import { beforeAll, describe, expect, it } from 'vitest';
import { nest, nestApplication } from './nest-application.fixture.js';
import { installProject, type Project, packAll } from './project.fixture.js';

/** Compilers by the name that the projects give them. */
const compilers = {
  typescript: '7.0.2',
  'typescript-5.9': 'npm:typescript@5.9.3',
  'typescript-5.4': 'npm:typescript@5.4.5',
};

const projects = new Map<number, Project>();

function projectOn(major: number): Project {
  const project = projects.get(major);
  if (!project) throw new Error(`There is no project on Nest ${major}.`);
  return project;
}

beforeAll(async () => {
  const tarballs = await packAll();
  for (const major of [11, 12]) {
    const dependencies = { ...nest(major), ...compilers, '@types/node': '^24.0.0' };
    projects.set(major, await installProject({ type: 'commonjs', tarballs, dependencies }));
  }
}, 300_000);

/** Node as it was before it loaded ES modules by `require`, and as Jest is. */
const asBefore = '--no-experimental-require-module';

describe('a new application outside the workspace', () => {
  it.each([
    [12, 'an ES module', 'module', []],
    [12, 'CommonJS', 'commonjs', []],
    [11, 'an ES module', 'module', []],
    [11, 'CommonJS', 'commonjs', []],
    [11, 'CommonJS that can load nothing else', 'commonjs', [asBefore]],
  ] as const)(
    'on Nest %i, as %s, fiscalizes a receipt',
    async (major, _kind, type, options) => {
      const sandbox = await startSandbox({ port: 0 });
      const project = projectOn(major);
      const program = type === 'module' ? 'main.mjs' : 'main.cjs';
      project.write(program, nestApplication(type));
      const output = await project.node(...options, program, sandbox.url);
      expect(output).toMatch(/^registered https:\/\/consumer\.1-ofd-test\.ru/);
      expect(sandbox.journal().receipts).toHaveLength(1);
      await sandbox.close();
    },
    60_000,
  );
});

const bothKinds = `
import { createRequire } from 'node:module';
import * as nestjs from '@fiscalkit/nestjs';
import * as schemas from '@fiscalkit/schemas';

const require = createRequire(import.meta.url);
const required = { nestjs: require('@fiscalkit/nestjs'), schemas: require('@fiscalkit/schemas') };

class Shop {
  registered() {}
}
const method = Object.getOwnPropertyDescriptor(Shop.prototype, 'registered');
required.nestjs.OnFiscalEvent('receipt.registered')(Shop.prototype, 'registered', method);
const error = (copy) => new copy.FiscalError({ code: 'x', message: 'x', retryable: false });

console.log(JSON.stringify({
  copies: required.nestjs.FiscalService === nestjs.FiscalService ? 1 : 2,
  token: required.nestjs.getFiscalServiceToken('uz') === nestjs.getFiscalServiceToken('uz'),
  errors: nestjs.isFiscalError(error(required.schemas)) && required.nestjs.isFiscalError(error(schemas)),
  handler: Reflect.getMetadata(Symbol.for('fiscalkit.nestjs.handler'), Shop.prototype.registered)?.kinds,
}));
`;

describe('a process that both imports and requires the packages', () => {
  const agreeing = { token: true, errors: true, handler: ['receipt.registered'] };

  it.each([
    ['has one copy', [], { copies: 1, ...agreeing }],
    ['has two that agree where Node loads no ES module by require', [asBefore], { copies: 2, ...agreeing }],
  ] as const)('%s', async (_, options, expected) => {
    const project = projectOn(11);
    project.write('both.mjs', bothKinds);
    expect(JSON.parse(await project.node(...options, 'both.mjs'))).toEqual(expected);
  });
});

const typed = `
import { Module } from '@nestjs/common';
import { createFreedompay } from '@fiscalkit/client/freedompay';
import { FiscalModule, FiscalService, OnFiscalEvent, sqlite, type FiscalEvent } from '@fiscalkit/nestjs';
import { FiscalTestingModule } from '@fiscalkit/nestjs/testing';

export class Mailer {
  @OnFiscalEvent('receipt.registered')
  async mail(event: FiscalEvent): Promise<void> {
    await Promise.resolve(event.id);
  }
}

@Module({
  imports: [
    FiscalModule.forRoot({
      ledger: sqlite({ path: 'ledger.sqlite' }),
      merchants: { shop: { provider: createFreedompay({ merchantId: '1', secretKey: 'key' }) } },
    }),
  ],
  providers: [Mailer],
})
export class ShopModule {}

export async function statusOf(service: FiscalService, id: string): Promise<'pending' | 'registered' | 'rejected' | undefined> {
  return (await service.receipts.get({ id }))?.status;
}

export const forTests = FiscalTestingModule.forRoot();

/** Declarations that are not found are taken for anything. */
type IsTyped<Type> = 0 extends 1 & Type ? false : true;
type AreTyped<Types extends readonly unknown[]> = { [Place in keyof Types]: IsTyped<Types[Place]> };
type Ours = [typeof createFreedompay, typeof FiscalService, typeof FiscalTestingModule, FiscalEvent['id']];
export const typed: AreTyped<Ours> = [true, true, true, true];
`;

const strict = {
  strict: true,
  noEmit: true,
  target: 'es2022',
  experimentalDecorators: true,
  esModuleInterop: true,
  skipLibCheck: true,
  types: ['node'],
};

const oneWay = (module: string, moduleResolution = module) => ({ module, moduleResolution });

describe('a TypeScript application', () => {
  it.each([
    [12, 'typescript', ['shop.mts', 'shop.cts'], oneWay('nodenext')],
    [12, 'typescript', ['shop.mts'], oneWay('esnext', 'bundler')],
    [11, 'typescript', ['shop.mts', 'shop.cts'], oneWay('nodenext')],
    [11, 'typescript-5.9', ['shop.mts', 'shop.cts'], oneWay('node16')],
    [11, 'typescript-5.9', ['shop.ts'], oneWay('commonjs', 'node10')],
    [11, 'typescript-5.4', ['shop.mts', 'shop.cts'], oneWay('nodenext')],
  ] as const)(
    'on Nest %i type-checks with %s: %j, %j',
    async (major, compiler, files, resolution) => {
      const project = projectOn(major);
      for (const file of files) project.write(file, typed);
      project.write(
        'tsconfig.json',
        JSON.stringify({ compilerOptions: { ...strict, ...resolution }, files }),
      );
      expect(await project.node(`node_modules/${compiler}/bin/tsc`, '-p', 'tsconfig.json')).toBe('');
    },
    120_000,
  );
});
