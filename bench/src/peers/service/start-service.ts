import 'reflect-metadata';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';

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
