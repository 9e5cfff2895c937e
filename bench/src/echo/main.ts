import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { EchoController } from './echo.controller.js';

/** The least that a Nest application on Fastify does with a request. */
@Module({ controllers: [EchoController] })
class EchoModule {}

const application = await NestFactory.create<NestFastifyApplication>(EchoModule, new FastifyAdapter(), {
  logger: false,
});
await application.listen(0, '127.0.0.1');
process.stdout.write(`${await application.getUrl()}\n`);
