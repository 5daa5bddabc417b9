/** What a worker says about itself over HTTP: `/health` for those who restart it, `/metrics` for Prometheus. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Ingested } from '../batch/ingest.js';
import type { QueueStatus } from './queue.js';

export interface Metrics {
  onIngested(ingested: Ingested): void;
  onFailure(last: boolean): void;
  readonly registry: Registry;
}

const STATES = ['waiting', 'running', 'delayed', 'dead'] as const satisfies readonly (keyof QueueStatus)[];

/** @param status asked whenever the metrics are read */
export function createMetrics(status: () => Promise<QueueStatus>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const documents = new Counter({
    name: 'hecha_documents_total',
    help: 'Documents read, by what became of them: new, changed, same, failed.',
    labelNames: ['outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: 'hecha_document_seconds',
    help: 'From taking a document to having analysed it.',
    buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30],
    registers,
  });
  const failures = new Counter({
    name: 'hecha_job_failures_total',
    help: 'Attempts that failed; final ones are not tried again.',
    labelNames: ['final'],
    registers,
  });
  new Gauge({
    name: 'hecha_queue_jobs',
    help: 'Jobs in the queue of all workers, by state.',
    labelNames: ['state'],
    registers,
    async collect() {
      const counts = await status();
      for (const state of STATES) this.set({ state }, counts[state]);
    },
  });
  return {
    registry,
    onIngested: ({ outcome, took }) => {
      documents.inc({ outcome });
      seconds.observe(took / 1000);
    },
    onFailure: (last) => failures.inc({ final: String(last) }),
  };
}

export interface MetricsServer {
  readonly address: string;
  close(): Promise<void>;
}

/** Healthy is a worker whose database answers. */
export async function serveMetrics(
  { registry }: Metrics,
  status: () => Promise<QueueStatus>,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<MetricsServer> {
  const answer = (response: ServerResponse, code: number, type: string, body: string): void => {
    response.writeHead(code, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
  };
  const answerHealth = async (response: ServerResponse): Promise<void> => {
    try {
      answer(response, 200, 'application/json', JSON.stringify({ status: 'ok', queue: await status() }));
    } catch (error) {
      answer(response, 503, 'application/json', JSON.stringify({ status: 'down', reason: (error as Error).message }));
    }
  };
  const answerMetrics = async (response: ServerResponse): Promise<void> => {
    try {
      answer(response, 200, registry.contentType, await registry.metrics());
    } catch (error) {
      answer(response, 503, 'text/plain; charset=utf-8', (error as Error).message);
    }
  };
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    if (path === '/health') void answerHealth(response);
    else if (path === '/metrics') void answerMetrics(response);
    else answer(response, 404, 'text/plain; charset=utf-8', 'not found\n');
  });
  await listen(server, host, port);
  const bound = server.address() as AddressInfo;
  return {
    address: `http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const listen = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
