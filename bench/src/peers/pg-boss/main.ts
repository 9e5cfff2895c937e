import { readSettings } from '../service/settings.js';
import { startService } from '../service/start-service.js';
import { pgBossModule } from './pg-boss.module.js';

const { url } = await startService(pgBossModule(readSettings(process.env)));
process.stdout.write(`${url}\n`);
