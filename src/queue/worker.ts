/**
 * Takes jobs from the queue and works on them until told to stop. Every job is done at least once: one whose worker died is
 * given to another, one that failed is tried again with growing pauses, so the work on it must bear repetition.
 */
import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { run, type WorkerEvents } from 'graphile-worker';
import type { Language } from '../model.js';
import { asInputError } from '../store/postgres/connection.js';
import { openPool } from './pool.js';
import { bePresent, type Presence } from './presence.js';
import { type Job, silent, TASK } from './queue.js';

export interface WorkerContext {
  readonly url: string;
  readonly language: Language;
  /** Jobs worked on at the same time. */
  readonly concurrency: number;
  /** Work on one document. What it throws makes the job be tried again. */
  work(source: string): Promise<void>;
  /** A job failed; `last` where it will not be tried again. */
  onFailure(source: string, error: Error, last: boolean): void;
  /** The database was lost; the worker goes on as soon as it is back. */
  onLost(error: Error): void;
  readonly stop: AbortSignal;
}

const SHORTEST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;
/** Milliseconds that a runner which lost the database gets to end by itself. */
const GRACE = 10_000;

/**
 * Works until `stop`, then finishes the jobs at hand and returns. Bears restarts of the database.
 * @throws InputError where the queue cannot be used from the start
 */
export async function runWorker(context: WorkerContext): Promise<void> {
  const { url, language, stop, onLost } = context;
  let wait = SHORTEST_PAUSE;
  for (let begun = false; !stop.aborted; ) {
    try {
      await workOnce(context, () => {
        begun = true;
        wait = SHORTEST_PAUSE;
      });
    } catch (reason) {
      const error = asInputError(reason, { url, language });
      if (!begun) throw error;
      onLost(error);
      await pause(wait, undefined, { signal: stop }).catch(() => undefined);
      wait = Math.min(wait * 2, LONGEST_PAUSE);
    }
  }
}

/**
 * One runner of graphile-worker from its start to its end. One that lost a connection ends: jobs that the database gave it and
 * whose names never arrived stay locked in its name, and it may wait for an answer that never comes. The next one has another
 * name, and gives back the jobs of this one as those of the dead.
 */
async function workOnce(context: WorkerContext, onBegin: () => void): Promise<void> {
  const { url, concurrency, work, onFailure, stop } = context;
  let presence: Presence | undefined;
  let onLost = (): void => undefined;
  const lost = new Promise<void>((resolve) => {
    onLost = resolve;
  });
  const atHand = new Set<Promise<void>>();
  const events: WorkerEvents = new EventEmitter();
  events.on('worker:getJob:error', onLost);
  events.on('job:error', ({ job, error }) => {
    onFailure((job.payload as Job).source, error as Error, job.attempts >= job.max_attempts);
  });
  // Two besides: one listens, one takes and finishes jobs while all others are busy.
  const pool = openPool(url, concurrency + 2);
  try {
    const runner = await run({
      pgPool: pool,
      concurrency,
      noHandleSignals: true,
      logger: silent,
      pollInterval: 1_000,
      events,
      crontab: '',
      taskList: {
        [TASK]: async (payload: unknown) => {
          const job = work((payload as Job).source);
          atHand.add(job);
          await job.finally(() => atHand.delete(job));
        },
      },
      preset: {
        // Ends of jobs are reported together and again after a pause where the database is away.
        worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 },
        // Nothing is taken from the queue before others can see that its taker is alive.
        plugins: [
          {
            name: 'hecha-presence',
            version: '1.0.0',
            worker: {
              hooks: {
                startWorker: async (_context, { worker }) => {
                  presence ??= bePresent(url, worker.workerPool.id, onLost);
                  await presence.begun;
                },
              },
            },
          },
        ],
      },
    });
    onBegin();
    const onStop = (): void => void runner.stop().catch(() => undefined);
    if (stop.aborted) onStop();
    stop.addEventListener('abort', onStop);
    const ended = runner.promise.finally(() => stop.removeEventListener('abort', onStop));
    const givenUp = lost.then(async () => {
      onStop();
      await Promise.allSettled(atHand);
      await Promise.race([ended.catch(() => undefined), pause(GRACE, undefined, { ref: false })]);
    });
    await Promise.race([ended, givenUp]);
  } finally {
    void pool.end();
    await presence?.end();
  }
}
