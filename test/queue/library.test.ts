/** Documents in a folder, and in a bucket of a real server that speaks S3. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'minio';
import S3rver from 's3rver';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { InputError } from '../../src/errors.js';
import { openLibrary } from '../../src/queue/library.js';

async function listed(names: AsyncIterable<string>): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const name of names) all.push(name);
  return all;
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hecha-library-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a folder', () => {
  test('is walked, and a file that is away now is not held for unreadable', async () => {
    const library = openLibrary({}, 'en');
    await mkdir(join(folder, 'share'));
    await writeFile(join(folder, 'share', 'a.txt'), '一');
    expect(await listed(library.list([join(folder, 'share')]))).toEqual([join(folder, 'share', 'a.txt')]);
    expect(new TextDecoder().decode(await library.load(join(folder, 'share', 'a.txt')))).toBe('一');
    const error = await library.load(join(folder, 'share', 'b.txt')).catch((reason: unknown) => reason);
    expect(error).not.toBeInstanceOf(InputError);
    expect(String(error)).toContain('ENOENT');
  });
});

describe('a bucket', () => {
  let server: S3rver;
  let access: Record<string, string>;

  const freePort = (): Promise<number> =>
    new Promise((resolve) => {
      const probe = createServer().listen(0, '127.0.0.1', () => {
        const { port } = probe.address() as AddressInfo;
        probe.close(() => resolve(port));
      });
    });

  beforeAll(async () => {
    const port = await freePort();
    server = new S3rver({
      port,
      address: '127.0.0.1',
      silent: true,
      directory: join(folder, 'buckets'),
      configureBuckets: [{ name: 'notices' }],
    });
    await server.run();
    access = {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'S3RVER',
      AWS_SECRET_ACCESS_KEY: 'S3RVER',
    };
    const client = new Client({
      endPoint: '127.0.0.1',
      port,
      useSSL: false,
      region: 'us-east-1',
      accessKey: 'S3RVER',
      secretKey: 'S3RVER',
    });
    for (const name of ['2024/乙县.txt', '2024/甲县.txt', '2024/照片.bmp', '2024/README.md', '2023/丙县.txt']) {
      await client.putObject('notices', name, Buffer.from(`内容 ${name}`));
    }
  });
  afterAll(() => server?.close());

  test('gives the documents whose names begin as asked', async () => {
    const library = openLibrary(access, 'en');
    expect([...(await listed(library.list(['s3://notices/2024/'])))].sort()).toEqual([
      's3://notices/2024/乙县.txt',
      's3://notices/2024/甲县.txt',
    ]);
    expect(await listed(library.list(['s3://notices']))).toHaveLength(3);
    const bytes = await library.load('s3://notices/2024/甲县.txt');
    expect(new TextDecoder().decode(bytes)).toBe('内容 2024/甲县.txt');
  });

  test('holds nothing for unreadable that is only away', async () => {
    const error = await openLibrary(access, 'en')
      .load('s3://notices/none.txt')
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(InputError);
  });

  test('is asked for in full, and says what is wrong', async () => {
    await expect(listed(openLibrary(access, 'en').list(['s3://']))).rejects.toThrow(/s3:\/\/BUCKET\/KEY/);
    const wrong = openLibrary({ ...access, AWS_ENDPOINT_URL: 'nowhere' }, 'en');
    await expect(listed(wrong.list(['s3://notices']))).rejects.toThrow(/AWS_ENDPOINT_URL/);
  });
});
