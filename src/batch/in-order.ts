/** Work on many things at once whose results come in the order of the things, unless one holds up all the others. */

interface Begun<R> {
  readonly done: Promise<unknown>;
  result: { readonly value: R } | undefined;
}

export interface Width {
  /** Things begun and not yet handed out. */
  readonly held: number;
  /** Things worked on at the same time. */
  readonly active: number;
}

/** @param work begun at most `active` times at once; what it throws ends the whole */
export async function* inOrder<T, R>(
  things: AsyncIterable<T>,
  { held, active }: Width,
  work: (thing: T) => Promise<R>,
): AsyncGenerator<R> {
  const begun: Begun<R>[] = [];
  const waiting: (() => void)[] = [];
  let running = 0;
  const oneOf = async (thing: T): Promise<R> => {
    if (running >= active) await new Promise<void>((resolve) => waiting.push(resolve));
    running += 1;
    try {
      return await work(thing);
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  };
  const begin = (thing: T): Begun<R> => {
    const entry: Begun<R> = {
      result: undefined,
      done: oneOf(thing).then((value) => {
        entry.result = { value };
      }),
    };
    // Who waits for it learns of a failure; others of the same moment need not.
    entry.done.catch(() => undefined);
    return entry;
  };

  const source = things[Symbol.asyncIterator]();
  let ended = false;
  for (;;) {
    while (!ended && begun.length < held) {
      const next = await source.next();
      if (next.done === true) ended = true;
      else begun.push(begin(next.value));
    }
    const [first] = begun;
    if (first === undefined) return;
    const unfinished = begun.filter(({ result }) => result === undefined);
    // With too little left to keep everyone busy, the first one is passed over.
    const at = ended || first.result !== undefined || unfinished.length > active ? 0 : nextDone(begun);
    const taken = begun[at] as Begun<R>;
    if (taken.result === undefined) await Promise.race(ended ? [taken.done] : unfinished.map(({ done }) => done));
    if (taken.result === undefined) continue;
    begun.splice(at, 1);
    yield taken.result.value;
  }
}

const nextDone = <R>(begun: readonly Begun<R>[]): number =>
  Math.max(
    0,
    begun.findIndex(({ result }) => result !== undefined),
  );
