export {
  type PostgresServer,
  type PostgresServerSettings,
  startPostgresServer,
} from './start-postgres-server.js';
