import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFiscalbox } from '@fiscalkit/client/fiscalbox';
import { createFreedompay } from '@fiscalkit/client/freedompay';
import { type Sandbox, type SandboxOptions, sampleMerchant, startSandbox } from '@fiscalkit/sandbox';
import type { LoggerService, ModuleMetadata } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { onTestFinished } from 'vitest';
import type { MerchantOptions } from './module/fiscal-module-options.js';

/** Starts an application without a server of its own; it is closed when the test is over, if not before. */
export async function startApplication(
  metadata: ModuleMetadata,
  logger: LoggerService | false = false,
): Promise<TestingModule> {
  const application = await Test.createTestingModule(metadata).compile();
  application.useLogger(logger);
  onTestFinished(() => application.close());
  return application.init();
}

/** A sandbox that registers at once, for the time of the test. */
export async function openSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ registrationDelayMs: 0, ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** The path of a ledger that is not there yet. */
export function ledgerPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-nestjs-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'fiscal.sqlite');
}

/** The sample shop, with the sandbox for its providers; its key may be another than the sandbox knows. */
export function shopAt({ url: baseUrl }: Sandbox, secretKey = sampleMerchant.secretKey): MerchantOptions {
  const { id: merchantId, company } = sampleMerchant;
  return {
    receiptMerchantId: merchantId,
    company,
    providers: [
      () => createFreedompay({ merchantId, secretKey, baseUrl, settlesWithinMs: 100 }),
      () => createFiscalbox({ baseUrl, settlesWithinMs: 100 }),
    ],
  };
}

/** How long to wait for what will happen by itself; generous, for busy machines. */
export const pollOptions = { timeout: 10_000 };
