/** A site over a store of its own, with the shipped rules, and a small notice with a rate that cannot be true. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makePipeline } from '../../src/batch/recipe.js';
import type { Workers } from '../../src/batch/workers.js';
import { openStore, type Store } from '../../src/store/store.js';
import { LOCAL } from '../../src/web/access.js';
import { type App, type AppOptions, createApp } from '../../src/web/app.js';
import { openInbox } from '../../src/web/inbox.js';
import type { Site } from '../../src/web/site.js';
import { recipe, startWorkers } from '../batch/setting.js';
import { jieba, shippedRules } from '../pipeline.js';

export const NOTICE = [
  '青石县水务局党组关于巡察整改进展情况的通报',
  '2023年3月1日至4月15日，县委第三巡察组对县水务局党组开展了巡察。共反馈20个问题，已完成整改18个，完成率95%。',
  '一、履行职责方面',
  '（一）关于管网巡查不及时的问题',
  '整改措施：一是建立巡查台账，每月通报一次。二是由林某某牵头修复漏损管段12处。',
].join('\n');

export interface TestSite extends Site {
  readonly app: App;
  readonly store: Store;
  /** Errors of our own that were reported. */
  readonly errors: readonly unknown[];
  readonly close: () => Promise<void>;
}

let workers: Workers | undefined;
let made: string | undefined;

/** Threads take seconds to start: the sites of a test file share them. To be closed at its end. */
function sharedWorkers(): Workers {
  workers ??= startWorkers(1);
  return workers;
}

export async function closeWorkers(): Promise<void> {
  await workers?.close();
  workers = undefined;
}

const fingerprint = (): string => {
  made ??= makePipeline(recipe()).pipeline.fingerprint;
  return made;
};

export async function createTestSite(options: Partial<AppOptions> = {}): Promise<TestSite> {
  const folder = mkdtempSync(join(tmpdir(), 'hecha-web-'));
  const store = await openStore(join(folder, 'store.db'), { now: () => '2024-05-06T07:08:09Z' });
  const errors: unknown[] = [];
  const site: Site = {
    store,
    workers: sharedWorkers(),
    inbox: openInbox(join(folder, 'inbox')),
    fingerprint: fingerprint(),
    rules: shippedRules(),
    segmenter: jieba,
    language: 'zh',
    version: '0.0.0',
    now: () => new Date('2024-05-06T07:08:09Z'),
    onError: (error) => errors.push(error),
  };
  return {
    ...site,
    app: createApp(site, { access: LOCAL, ...options }),
    errors,
    close: async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const ORIGIN = 'http://localhost';

export const post = (body: FormData | URLSearchParams, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { origin: ORIGIN, ...headers },
  body,
});

export const form = (fields: Record<string, string>): RequestInit => post(new URLSearchParams(fields));

export function files(...named: readonly (readonly [name: string, content: string])[]): RequestInit {
  const data = new FormData();
  for (const [name, content] of named) data.append('files', new File([content], name));
  return post(data);
}

/** Uploads files and waits until they are read; returns the path of the last notice. */
export async function upload(
  { app }: Pick<TestSite, 'app'>,
  ...named: readonly (readonly [name: string, content: string])[]
): Promise<string> {
  await app.request('/uploads', files(...named));
  await app.queue.idle();
  return `/notices/${app.queue.jobs()[0]?.taken[0]?.id}`;
}
