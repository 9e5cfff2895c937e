import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { shopModule } from './shop.module.js';
import type { ShopSettings } from './shop-settings.js';

/** Starts the shop on the loopback interface; port 0 is any free one. The caller closes it. */
export async function startShop(settings: ShopSettings, port = 0): Promise<NestFastifyApplication> {
  const shop = await NestFactory.create<NestFastifyApplication>(shopModule(settings), new FastifyAdapter(), {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  try {
    await shop.listen(port, '127.0.0.1');
    return shop;
  } catch (error) {
    await shop.close();
    throw error;
  }
}
