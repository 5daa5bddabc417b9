/**
 * Who may talk to the page: the Host must be one it is known by (DNS rebinding), a request that changes something must come from
 * the page itself (CSRF), and where a token is set, it must be shown once and is then kept in a cookie.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

export interface Access {
  /** Names and addresses, without port, that the page answers to beside the loopback ones. */
  readonly hosts: readonly string[];
  /** True where it listens on every address: any literal address is then its own, for no name can be rebound to it. */
  readonly anyAddress: boolean;
  /** Needed from everyone, where it is set. */
  readonly token?: string;
}

export const LOOPBACK = ['127.0.0.1', 'localhost', '::1'] as const;

/** Open to this machine only. */
export const LOCAL: Access = { hosts: [], anyAddress: false };

const TOKEN_COOKIE = 'hecha-token';
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** `[::1]:8080` → `::1`; undefined where it is no host. */
function hostName(host: string): string | undefined {
  const found = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?$/i.exec(host);
  return (found?.[1] ?? found?.[2])?.toLowerCase();
}

function isOwnHost(host: string, { hosts, anyAddress }: Access): boolean {
  const name = hostName(host);
  if (name === undefined) return false;
  return [...LOOPBACK, ...hosts].includes(name) || (anyAddress && isIP(name) !== 0);
}

/** The page's own address as browsers name it; a proxy before it may speak https. */
const isOwnOrigin = (origin: string | undefined, host: string): boolean =>
  origin === `http://${host}` || origin === `https://${host}`;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const isToken = (given: string | undefined, token: string): boolean =>
  given !== undefined && timingSafeEqual(digest(given), digest(token));

const bearer = (c: Context): string | undefined => /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1];

export function guard(access: Access): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header('host') ?? new URL(c.req.url).host;
    if (!isOwnHost(host, access)) return c.text('unknown host', 421);
    if (!SAFE_METHODS.has(c.req.method) && !isOwnOrigin(c.req.header('origin'), host))
      return c.text('foreign origin', 403);
    const { token } = access;
    if (token === undefined) return next();
    const shown = c.req.query('token');
    if (isToken(shown, token) && SAFE_METHODS.has(c.req.method)) {
      setCookie(c, TOKEN_COOKIE, token, { httpOnly: true, sameSite: 'Strict', path: '/' });
      const rest = new URL(c.req.url);
      rest.searchParams.delete('token');
      return c.redirect(rest.pathname + rest.search, 303);
    }
    if (isToken(getCookie(c, TOKEN_COOKIE), token) || isToken(bearer(c), token)) return next();
    return c.text('token needed: open the address that hecha serve printed', 401);
  };
}

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Headers of every answer: nothing inline runs, nothing is framed, nothing is guessed, nothing is cached. */
export const secureHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  c.header('Content-Security-Policy', POLICY);
  c.header('X-Content-Type-Options', 'nosniff');
  c.header('X-Frame-Options', 'DENY');
  // Not `no-referrer`: browsers then name no origin in forms either.
  c.header('Referrer-Policy', 'same-origin');
  c.header('Cross-Origin-Opener-Policy', 'same-origin');
  c.header('Cross-Origin-Resource-Policy', 'same-origin');
  c.header('Cache-Control', 'no-store');
};
