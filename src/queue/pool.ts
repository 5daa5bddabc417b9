/** Connections for graphile-worker. */
import pg from 'pg';

/**
 * The library's own pool takes off its handlers of errors before its connections have ended: a server that stops at that
 * moment would end the process. The handlers of this one stay.
 */
export function openPool(url: string, connections: number): pg.Pool {
  const bear = (): void => undefined;
  return new pg.Pool({ connectionString: url, max: connections })
    .on('error', bear)
    .on('connect', (client) => client.on('error', bear));
}
