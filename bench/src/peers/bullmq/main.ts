import { readSettings, startService } from '../service.js';
import { bullmqModule } from './bullmq.js';

const { url } = await startService(bullmqModule(readSettings(process.env)));
process.stdout.write(`${url}\n`);
