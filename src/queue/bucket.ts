/** Documents in an S3-style bucket, named `s3://BUCKET/KEY`. The client is loaded when a bucket is first asked for. */
import { basename } from 'node:path';
import type { Client } from 'minio';
import { isNotice } from '../batch/walk.js';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import type { Language } from '../model.js';
import { defaultLimits, megabytes } from '../read/request.js';

/** Variables of the environment, named as AWS names them; the endpoint may be any server that speaks S3. */
export interface BucketAccess {
  readonly [variable: string]: string | undefined;
  readonly AWS_ENDPOINT_URL?: string;
  readonly AWS_REGION?: string;
  readonly AWS_ACCESS_KEY_ID?: string;
  readonly AWS_SECRET_ACCESS_KEY?: string;
  readonly AWS_SESSION_TOKEN?: string;
}

export const isBucketUrl = (path: string): boolean => path.startsWith('s3://');

export interface Buckets {
  /** Objects whose names begin as `url` does and that may be notices, in the order of their names. */
  list(url: string): AsyncGenerator<string>;
  /** @throws InputError where the object is too large to be a notice */
  load(url: string): Promise<Uint8Array>;
}

export function openBuckets(access: BucketAccess, language: Language): Buckets {
  let client: Promise<Client> | undefined;
  const connected = (): Promise<Client> => {
    client ??= connect(access, language);
    return client;
  };
  return {
    async *list(url) {
      const { bucket, key } = parseUrl(url, language);
      const objects = (await connected()).listObjectsV2(bucket, key, true);
      for await (const { name, size } of objects as AsyncIterable<{ name?: string; size: number }>) {
        if (name !== undefined && size > 0 && isNotice(basename(name))) yield `s3://${bucket}/${name}`;
      }
    },
    async load(url) {
      const { bucket, key } = parseUrl(url, language);
      const stream = await (await connected()).getObject(bucket, key);
      const chunks: Buffer[] = [];
      let bytes = 0;
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        if (bytes > defaultLimits.bytes) {
          throw new InputError(say(language, 'read.fileTooLarge', { limit: megabytes(defaultLimits.bytes) }), {
            file: url,
          });
        }
        chunks.push(chunk);
      }
      return new Uint8Array(Buffer.concat(chunks));
    },
  };
}

function parseUrl(url: string, language: Language): { readonly bucket: string; readonly key: string } {
  const [, bucket, key = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/su.exec(url) ?? [];
  if (bucket === undefined) throw new InputError(say(language, 'queue.badBucketUrl'), { file: url });
  return { bucket, key };
}

async function connect(access: BucketAccess, language: Language): Promise<Client> {
  const { AWS_REGION: region } = access;
  const endpoint = access.AWS_ENDPOINT_URL || 'https://s3.amazonaws.com';
  if (!URL.canParse(endpoint)) throw new InputError(say(language, 'queue.badEndpoint', { endpoint }));
  const { protocol, hostname, port } = new URL(endpoint);
  const { Client } = await import('minio');
  return new Client({
    endPoint: hostname,
    useSSL: protocol === 'https:',
    ...(port === '' ? {} : { port: Number(port) }),
    ...(region === undefined ? {} : { region }),
    accessKey: access.AWS_ACCESS_KEY_ID ?? '',
    secretKey: access.AWS_SECRET_ACCESS_KEY ?? '',
    ...(access.AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: access.AWS_SESSION_TOKEN }),
  });
}
