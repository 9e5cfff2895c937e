import 'reflect-metadata';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ReceiptDto } from './receipt.dto.js';

/** A service that runs in this process. */
export interface RunningService {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a service on a free port. */
export async function startService(module: DynamicModule): Promise<RunningService> {
  const application = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), {
    logger: ['error', 'fatal'],
    rawBody: true,
  });
  application.enableShutdownHooks();
  await application.listen(0, '127.0.0.1');
  return { url: await application.getUrl(), close: () => application.close() };
}

/** Token of the settings of a service. */
export const SETTINGS = Symbol('settings');

/** Settings of a service, from its environment. */
export interface Settings {
  /** Whether this process delivers, or only accepts. */
  readonly delivers: boolean;
  /** Whether a new job wakes the workers, or they only poll. */
  readonly notifies: boolean;
  readonly providerUrl: string;
  /** Address of the Redis or PostgreSQL that keeps the queue. */
  readonly storeUrl: string;
  readonly merchant: Merchant;
}

/** The merchant that signs requests, and as whom the provider is called. */
export interface Merchant {
  readonly merchantId: string;
  readonly secretKey: string;
}

/** The variables that `readSettings` reads. */
export interface SettingsEnvironment {
  readonly ROLE: 'api' | 'worker' | 'all';
  readonly PROVIDER_URL: string;
  readonly STORE_URL: string;
  readonly MERCHANT_ID: string;
  readonly MERCHANT_SECRET_KEY: string;
  readonly NOTIFY?: 'yes';
}

/** Reads the settings; throws when one is missing. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const read = (name: keyof SettingsEnvironment) => {
    const value = environment[name];
    if (value === undefined) throw new Error(`${name} is not set`);
    return value;
  };
  return {
    delivers: read('ROLE') !== 'api',
    notifies: environment.NOTIFY === 'yes',
    providerUrl: read('PROVIDER_URL'),
    storeUrl: read('STORE_URL'),
    merchant: { merchantId: read('MERCHANT_ID'), secretKey: read('MERCHANT_SECRET_KEY') },
  };
}

/** The queue in which accepted receipts wait to be delivered. */
export abstract class ReceiptsQueue {
  /** Keeps a receipt under an id, or drops it when the id is known. Resolves when it is on disk. */
  abstract add(receiptId: string, receipt: ReceiptDto): Promise<void>;
}
