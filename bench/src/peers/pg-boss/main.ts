import { readSettings, startService } from '../service.js';
import { pgBossModule } from './pg-boss.js';

const { url } = await startService(pgBossModule(readSettings(process.env)));
process.stdout.write(`${url}\n`);
