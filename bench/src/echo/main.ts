import 'reflect-metadata';
import { Body, Controller, HttpCode, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';

/** Answers with the body of the request, as Fastify parsed it. */
@Controller('v5/receipts')
class EchoController {
  @Post()
  @HttpCode(200)
  echo(@Body() body: object): object {
    return body;
  }
}

/** The least that a Nest application on Fastify does with a request. */
@Module({ controllers: [EchoController] })
class EchoModule {}

const application = await NestFactory.create<NestFastifyApplication>(EchoModule, new FastifyAdapter(), {
  logger: false,
});
await application.listen(0, '127.0.0.1');
process.stdout.write(`${await application.getUrl()}\n`);
