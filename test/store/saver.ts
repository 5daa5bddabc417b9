/** A process that saves notices until it is done or killed: `node --import tsx saver.ts URL FIRST STEP COUNT`. Prints a dot at start. */
import { openStore } from '../../src/store/store.js';
import { notice } from './notices.js';

const [url = '', first = '0', step = '1', count = '0'] = process.argv.slice(2);
const store = await openStore(url);
process.stdout.write('.');
const batchSize = 4;
for (let at = 0; at < Number(count); at += batchSize) {
  const numbers = Array.from(
    { length: batchSize },
    (_, index) => (Number(first) + (at + index) * Number(step)) % Number(count),
  );
  await store.save(numbers.map((number) => notice(number, { findings: 12 })));
}
await store.close();
