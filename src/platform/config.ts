import { createHash, randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { createSecureContext } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Lang, parseLang } from '../kernel/lang.ts';
import { type MailSettings, mailSettingsOf, originOfText } from './message-settings.ts';
import type { SmsSettings } from './sms-settings.ts';

/**
 * Settings of one instance (contract §1). Everything that the environment decides is read here and nowhere
 * else.
 */
export interface Config {
  port: number;
  host: string;
  /** Origin under which citizens reach the server, without a trailing slash. */
  publicUrl: string;
  tls: { certFile: string; keyFile: string } | null;
  /** Addresses of reverse proxies whose X-Forwarded-* headers count. */
  trustProxy: string[];
  databaseUrl: string | null;
  databaseAppUrl: string | null;
  databaseReadUrl: string | null;
  dataDir: string;
  /** Root secret from which every key is derived; 32 bytes or more of text. */
  secretKey: string;
  demo: boolean;
  cityCode: string;
  logLevel: string;
  /** How short messages go out. */
  sms: SmsSettings;
  /** How e-mail goes out; null: not at all. */
  mail: MailSettings | null;
  /** Origins of private deployments of DingTalk or WeCom whose robots may be called. */
  robotOrigins: readonly string[];
  /** Where a copy of the instance is written each night, and how many are kept; null: nowhere. */
  backups: { dir: string; keep: number } | null;
  /** Language of the command line, by LC_ALL or LANG; Chinese unless that is English. */
  lang: Lang;
}

/** A setting that can't be used; the message is the one sentence that the operator reads. */
export class ConfigError extends Error {}

export const checkoutDir = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  TLS_CERT_FILE: z.string().min(1).optional(),
  TLS_KEY_FILE: z.string().min(1).optional(),
  TRUST_PROXY: z
    .string()
    .default('')
    .transform((text) => text.split(',').map((part) => part.trim()))
    .transform((parts) => parts.filter(Boolean))
    .refine((parts) => parts.every(isProxyAddress)),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_APP_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_READ_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATA_DIR: z.string().min(1).optional(),
  SECRET_KEY: z.string().min(32).optional(),
  DEMO: z.enum(['0', '1']).optional(),
  CITY_CODE: z
    .string()
    .regex(/^\d{4}00$/)
    .default('370800'),
  SMS_ADAPTER: z.enum(['file', 'tencent']).default('file'),
  SMS_ENDPOINT: z.url({ protocol: /^https?$/ }).default('https://sms.tencentcloudapi.com'),
  SMS_REGION: z.string().min(1).default('ap-guangzhou'),
  SMS_SECRET_ID: z.string().min(1).optional(),
  SMS_SECRET_KEY: z.string().min(1).optional(),
  SMS_APP_ID: z.string().regex(/^\d+$/).optional(),
  SMS_SIGN: z.string().min(1).optional(),
  SMS_TEMPLATE_INVITATION: z.string().regex(/^\d+$/).optional(),
  SMS_TEMPLATE_NOTICE_RECEIVED: z.string().regex(/^\d+$/).optional(),
  SMS_TEMPLATE_NOTICE_ANSWERED: z.string().regex(/^\d+$/).optional(),
  SMS_TEMPLATE_NOTICE_EXTENDED: z.string().regex(/^\d+$/).optional(),
  SMS_TEMPLATE_NOTICE_REMINDER: z.string().regex(/^\d+$/).optional(),
  SMS_TEMPLATE_NOTICE_OVERDUE: z.string().regex(/^\d+$/).optional(),
  SMS_TEMPLATE_NOTICE_SECOND_RATING: z.string().regex(/^\d+$/).optional(),
  SMTP_URL: z.string().min(1).optional(),
  SMTP_FROM: z.string().min(3).optional(),
  SMTP_CA_FILE: z.string().min(1).optional(),
  ROBOT_ORIGINS: z
    .string()
    .default('')
    .transform((text) => text.split(',').map((part) => part.trim()))
    .transform((parts) => parts.filter(Boolean).map(originOfText))
    .refine((parts) => !parts.includes(undefined)),
  BACKUP_DIR: z.string().min(1).optional(),
  BACKUP_KEEP: z.coerce.number().int().min(1).max(1000).default(14),
  LC_ALL: z.string().optional(),
  LANG: z.string().optional(),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
});

const remedies: Record<string, string> = {
  PORT: 'a port number from 0 to 65535',
  HOST: 'an address to listen on, such as 127.0.0.1 or 0.0.0.0',
  PUBLIC_URL: 'an address such as https://pj.example.gov.cn',
  DATABASE_URL: 'an address such as postgres://owner:password@host:5432/yiping',
  DATABASE_APP_URL: 'an address such as postgres://app:password@host:5432/yiping',
  DATABASE_READ_URL: 'an address such as postgres://app:password@replica:5432/yiping',
  TRUST_PROXY: 'addresses of reverse proxies, such as 127.0.0.1 or 10.1.0.0/16, separated by commas',
  SECRET_KEY: 'a secret text of at least 32 characters',
  DEMO: '0 or 1',
  CITY_CODE: 'a six-digit city code such as 370800',
  SMS_ADAPTER: 'file or tencent',
  SMS_ENDPOINT: 'an address such as https://sms.tencentcloudapi.com',
  SMS_APP_ID: 'the number of the application at the provider',
  SMS_TEMPLATE_INVITATION: 'the number of the approved template',
  ROBOT_ORIGINS: 'origins such as https://im.example.gov.cn, separated by commas',
  BACKUP_KEEP: 'a number of copies from 1 to 1000',
  LOG_LEVEL: 'silent, fatal, error, warn, info, debug or trace',
};

type Environment = Record<string, string | undefined>;

/**
 * Reads and checks the settings.
 * @throws ConfigError with one sentence that names the variable and what it should hold.
 */
export function loadConfig(env: Environment = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const name = String(parsed.error.issues[0]?.path[0] ?? '');
    throw new ConfigError(`${name} can't be used: set it to ${remedies[name] ?? 'a valid value'}.`);
  }
  const e = parsed.data;
  if ((e.TLS_CERT_FILE === undefined) !== (e.TLS_KEY_FILE === undefined)) {
    throw new ConfigError('TLS_CERT_FILE and TLS_KEY_FILE belong together: set both or neither.');
  }
  const tls =
    e.TLS_CERT_FILE && e.TLS_KEY_FILE ? { certFile: e.TLS_CERT_FILE, keyFile: e.TLS_KEY_FILE } : null;
  for (const file of tls ? [tls.certFile, tls.keyFile] : []) {
    if (!existsSync(file))
      throw new ConfigError(`The TLS file ${file} doesn't exist: check TLS_CERT_FILE and TLS_KEY_FILE.`);
  }
  if (tls) checkPair(tls);
  const dataDir = resolve(e.DATA_DIR ?? defaultDataDir());
  return {
    port: e.PORT,
    host: e.HOST,
    publicUrl: (e.PUBLIC_URL ?? `${tls ? 'https' : 'http'}://${bracketed(e.HOST)}:${e.PORT}`).replace(
      /\/+$/,
      '',
    ),
    tls,
    trustProxy: e.TRUST_PROXY,
    databaseUrl: e.DATABASE_URL ?? null,
    databaseAppUrl: e.DATABASE_APP_URL ?? null,
    databaseReadUrl: e.DATABASE_READ_URL ?? null,
    dataDir,
    secretKey: e.SECRET_KEY ?? storedSecret(dataDir),
    demo: e.DEMO === undefined ? e.DATABASE_URL === undefined : e.DEMO === '1',
    cityCode: e.CITY_CODE,
    logLevel: e.LOG_LEVEL,
    sms: smsSettings(e),
    mail: mailSettings(e),
    robotOrigins: e.ROBOT_ORIGINS.flatMap((origin) => origin ?? []),
    backups: e.BACKUP_DIR === undefined ? null : { dir: resolve(e.BACKUP_DIR), keep: e.BACKUP_KEEP },
    lang: parseLang(e.LC_ALL ?? e.LANG) ?? 'zh-CN',
  };
}

type Read = z.output<typeof environment>;

/** What the settings of approved templates begin with; what follows is our name of the template. */
const SMS_TEMPLATE = 'SMS_TEMPLATE_';

function smsSettings(e: Read): SmsSettings {
  if (e.SMS_ADAPTER === 'file') return { adapter: 'file' };
  const { SMS_SECRET_ID: secretId, SMS_SECRET_KEY: secretKey, SMS_APP_ID: appId, SMS_SIGN: sign } = e;
  if (!secretId || !secretKey || !appId || !sign) {
    throw new ConfigError(
      'SMS_ADAPTER=tencent needs SMS_SECRET_ID, SMS_SECRET_KEY, SMS_APP_ID and SMS_SIGN: set all four.',
    );
  }
  const named = Object.entries(e).filter(([name]) => name.startsWith(SMS_TEMPLATE));
  const templates = Object.fromEntries(
    named.flatMap(([name, value]) =>
      typeof value === 'string' ? [[name.slice(SMS_TEMPLATE.length).toLowerCase(), value]] : [],
    ),
  );
  const { SMS_ENDPOINT: endpoint, SMS_REGION: region } = e;
  return { adapter: 'tencent', endpoint, region, secretId, secretKey, appId, sign, templates };
}

function mailSettings({ SMTP_URL: url, SMTP_FROM: from, SMTP_CA_FILE }: Read): MailSettings | null {
  const caFile = SMTP_CA_FILE ?? null;
  if (url === undefined) return null;
  if (from === undefined) {
    throw new ConfigError('SMTP_URL needs SMTP_FROM: set it to the sender of e-mails.');
  }
  if (caFile !== null && !existsSync(caFile)) {
    throw new ConfigError(`The file ${caFile} doesn't exist: check SMTP_CA_FILE.`);
  }
  const settings = mailSettingsOf(url, { from, caFile });
  if (settings !== undefined) return settings;
  throw new ConfigError(
    "SMTP_URL can't be used: set it to smtps://user:password@host, smtp://user:password@host " +
      '(STARTTLS) or, without a password, smtp://host?tls=none.',
  );
}

/** Serving with files that don't fit would fail only once the database is up, and in OpenSSL's words. */
function checkPair({ certFile, keyFile }: { certFile: string; keyFile: string }): void {
  try {
    createSecureContext({ cert: readFileSync(certFile), key: readFileSync(keyFile) });
  } catch {
    throw new ConfigError(
      `TLS_CERT_FILE and TLS_KEY_FILE can't be used: set them to a certificate and its private key in PEM.`,
    );
  }
}

/** An address, a range such as 10.1.0.0/16, or one of the names for the machine itself and local networks. */
function isProxyAddress(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', bits, ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

/** Root keeps data outside the checkout, since PostgreSQL runs as a user of its own that may not read it. */
function defaultDataDir(): string {
  if (process.getuid?.() !== 0) return join(checkoutDir, '.data');
  const mark = createHash('sha256').update(checkoutDir).digest('hex').slice(0, 12);
  return join('/var/lib/yiping', mark);
}

/** The instance's secret: made at the first start, readable by its owner only, never printed. */
function storedSecret(dataDir: string): string {
  const file = join(dataDir, 'secret.key');
  const secret = readOrMake(dataDir, file);
  if (secret.length >= 32) return secret;
  throw new ConfigError(`${file} is damaged: restore it from a backup or set SECRET_KEY.`);
}

function readOrMake(dataDir: string, file: string): string {
  try {
    mkdirSync(dataDir, { recursive: true });
    if (!existsSync(file)) makeSecret(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unusable(dataDir);
  }
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw unusable(dataDir);
  }
}

/**
 * Written whole and to the disk before it has its name, since what it seals can't be opened without it: a
 * power cut leaves no empty key. When two processes start at once, one gives the name, the other reads it.
 */
function makeSecret(file: string): void {
  const half = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(half, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(half, file);
  } finally {
    unlinkSync(half);
  }
}

function unusable(dataDir: string): ConfigError {
  return new ConfigError(`DATA_DIR ${dataDir} can't be used: choose a folder that this user owns.`);
}
