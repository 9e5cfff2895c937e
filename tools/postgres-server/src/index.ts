export { freePort } from './free-port.js';
export {
  type PostgresServer,
  type PostgresServerSettings,
  startPostgresServer,
} from './start-postgres-server.js';
export { startPostgresStandby } from './start-postgres-standby.js';
