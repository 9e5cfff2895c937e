import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { PgBoss } from 'pg-boss';
import type { Settings } from '../service/settings.js';
import { SETTINGS } from '../service/tokens.js';
import { queueName } from './queue-name.js';

/** The job queue: started with the service, and stopped with it. */
@Injectable()
export class Boss extends PgBoss implements OnModuleInit, OnApplicationShutdown {
  readonly #notifies: boolean;

  constructor(@Inject(SETTINGS) { storeUrl, delivers, notifies }: Settings) {
    super({ connectionString: storeUrl, max: 20, useListenNotify: notifies && delivers });
    this.#notifies = notifies;
    this.on('error', (error) => process.stderr.write(`pg-boss: ${error.message}\n`));
  }

  async onModuleInit(): Promise<void> {
    await this.start();
    await this.createQueue(queueName, {
      // A table of its own, as for every large queue.
      partition: true,
      notify: this.#notifies,
      retryLimit: 20,
      retryBackoff: true,
      retryDelay: 1,
      retryDelayMax: 600,
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.stop();
  }
}
