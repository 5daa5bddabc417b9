/**
 * Tells live workers from dead ones without clocks: a worker holds an advisory lock of the database as long as its
 * connection lives, so a lock that can be had belongs to nobody, and the jobs of its worker are given back to the queue.
 */
import pg from 'pg';

export interface Presence {
  /** Resolves when the lock is held for the first time, or the presence has ended. */
  readonly begun: Promise<void>;
  end(): Promise<void>;
}

/** Set apart from other advisory locks: any number that no other program has. */
const LOCKS = 7_301_944_218;
const SWEEP_MILLISECONDS = 2_000;

/** A machine that vanished is noticed by the server after about a minute. */
const KEEP_ALIVE = ['tcp_keepalives_idle=30', 'tcp_keepalives_interval=10', 'tcp_keepalives_count=3'];

const HOLD = 'SELECT pg_advisory_lock(hashtextextended($1, $2))';
const RELEASE_JOBS_OF_THE_DEAD = `SELECT graphile_worker.force_unlock_workers(ARRAY(
  SELECT locked_by FROM (
    SELECT DISTINCT locked_by FROM graphile_worker.jobs WHERE locked_by IS NOT NULL AND locked_by <> $1) AS workers
  WHERE pg_try_advisory_xact_lock(hashtextextended(locked_by, $2))))`;

/**
 * Is present as `worker` (graphile-worker's id of the pool) until ended, across restarts of the database.
 * @param onLost the lock was held and is lost, with its connection
 */
export function bePresent(url: string, worker: string, onLost: () => void = () => undefined): Presence {
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  let held = false;
  let resolveBegun = (): void => undefined;
  const begun = new Promise<void>((resolve) => {
    resolveBegun = resolve;
  });

  const drop = async (): Promise<void> => {
    const dropped = client;
    client = undefined;
    await dropped?.end().catch(() => undefined);
  };
  const connect = async (): Promise<pg.Client> => {
    const options = KEEP_ALIVE.map((setting) => `-c ${setting}`).join(' ');
    const connecting = new pg.Client({
      connectionString: url,
      keepAlive: true,
      connectionTimeoutMillis: 15_000,
      options,
    });
    // A lost connection shows at the next query too; here it must only not end the process.
    connecting.on('error', () => undefined);
    client = connecting;
    await connecting.connect();
    await connecting.query(HOLD, [worker, LOCKS]);
    return connecting;
  };
  const sweep = async (): Promise<void> => {
    try {
      const connected = client ?? (await connect());
      await connected.query(RELEASE_JOBS_OF_THE_DEAD, [worker, LOCKS]);
      held = true;
      resolveBegun();
    } catch {
      if (held) onLost();
      await drop();
    }
    if (!ended) timer = setTimeout(() => void sweep(), SWEEP_MILLISECONDS);
  };
  void sweep();

  return {
    begun,
    async end() {
      ended = true;
      clearTimeout(timer);
      resolveBegun();
      await drop();
    },
  };
}
