/** What `@opentelemetry/api` offers. */
export type OpenTelemetry = typeof import('@opentelemetry/api');
