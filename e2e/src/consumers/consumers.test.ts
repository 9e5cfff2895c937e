import { startSandbox } from '@fiscalkit/sandbox';
import { beforeAll, describe, expect, it } from 'vitest';
import { nest, nestApplication } from './nest-application.fixture.js';
import { installProject, packAll } from './project.fixture.js';

let tarballs: Record<string, string>;

beforeAll(async () => {
  tarballs = await packAll();
}, 120_000);

describe('a new application outside the workspace', () => {
  it.each([
    [12, 'module'],
    [12, 'commonjs'],
    [11, 'module'],
    [11, 'commonjs'],
  ] as const)(
    'on Nest %i, in a %s, fiscalizes a receipt',
    async (major, type) => {
      const sandbox = await startSandbox({ port: 0 });
      const project = await installProject({ type, tarballs, dependencies: nest(major) });
      project.write('main.js', nestApplication(type));
      const printed = await project.node('main.js', sandbox.url);
      expect(printed).toMatch(/^registered https:\/\/consumer\.1-ofd-test\.ru/);
      expect(sandbox.journal().receipts).toHaveLength(1);
      await sandbox.close();
    },
    180_000,
  );
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

describe('a TypeScript application', () => {
  it.each([
    ['nodenext', '7.0.2', 12, { module: 'nodenext', moduleResolution: 'nodenext' }],
    ['commonjs with node10 resolution', '5.9.3', 11, { module: 'commonjs', moduleResolution: 'node10' }],
  ] as const)(
    'type-checks with %s',
    async (_, typescript, major, resolution) => {
      const project = await installProject({
        type: resolution.module === 'nodenext' ? 'module' : 'commonjs',
        tarballs,
        dependencies: { ...nest(major), typescript, '@types/node': '^24.0.0' },
      });
      project.write('shop.ts', typed);
      project.write(
        'tsconfig.json',
        JSON.stringify({ compilerOptions: { ...strict, ...resolution }, files: ['shop.ts'] }),
      );
      expect(await project.node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.json')).toBe('');
    },
    180_000,
  );
});
