import { readSettings } from '../service/settings.js';
import { startService } from '../service/start-service.js';
import { bullmqModule } from './bullmq.module.js';

const { url } = await startService(bullmqModule(readSettings(process.env)));
process.stdout.write(`${url}\n`);
