import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from './config.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'yiping-config-'));

describe('settings', () => {
  it('has the defaults of the contract', () => {
    const config = loadConfig({ DATA_DIR: folder() });
    expect(config).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      publicUrl: 'http://127.0.0.1:8080',
      demo: true,
      cityCode: '370800',
      databaseUrl: null,
      trustProxy: [],
    });
  });

  it('loads no demo into a database that was given', () => {
    const config = loadConfig({ DATA_DIR: folder(), DATABASE_URL: 'postgres://a:b@127.0.0.1:5432/c' });
    expect(config.demo).toBe(false);
  });

  it('reads the proxies that count', () => {
    const config = loadConfig({ DATA_DIR: folder(), TRUST_PROXY: '127.0.0.1, 10.1.0.0/16 ,::1,loopback' });
    expect(config.trustProxy).toEqual(['127.0.0.1', '10.1.0.0/16', '::1', 'loopback']);
  });

  it('makes the secret once, for its owner only, and keeps it', () => {
    const DATA_DIR = folder();
    const { secretKey } = loadConfig({ DATA_DIR });
    expect(secretKey.length).toBeGreaterThanOrEqual(32);
    expect(statSync(join(DATA_DIR, 'secret.key')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(DATA_DIR, 'secret.key'), 'utf8')).toBe(secretKey);
    expect(loadConfig({ DATA_DIR }).secretKey).toBe(secretKey);
  });

  it.each([
    [{ PORT: '99999' }, /PORT can't be used/],
    [{ PORT: 'http' }, /PORT can't be used/],
    [{ DEMO: 'yes' }, /DEMO can't be used: set it to 0 or 1/],
    [{ CITY_CODE: '37080' }, /CITY_CODE/],
    [{ DATABASE_URL: 'mysql://x' }, /DATABASE_URL/],
    [{ SECRET_KEY: 'short' }, /SECRET_KEY/],
    [{ TLS_CERT_FILE: '/tmp/a' }, /belong together/],
    [{ TLS_CERT_FILE: '/nowhere/a', TLS_KEY_FILE: '/nowhere/b' }, /doesn't exist/],
    [{ TLS_CERT_FILE: import.meta.filename, TLS_KEY_FILE: import.meta.filename }, /certificate and its/],
    [{ TRUST_PROXY: '127.0.0.1, proxy' }, /TRUST_PROXY can't be used: set it to addresses/],
    [{ TRUST_PROXY: '10.0.0.0/33' }, /TRUST_PROXY/],
    [{ PUBLIC_URL: 'pj.example.gov.cn' }, /PUBLIC_URL/],
  ])('stops at %o with one sentence', (env, sentence) => {
    const load = (): unknown => loadConfig({ DATA_DIR: folder(), ...env });
    expect(load).toThrow(ConfigError);
    expect(load).toThrow(sentence);
  });

  it('stops at a damaged secret and at a folder that is none', () => {
    const DATA_DIR = folder();
    writeFileSync(join(DATA_DIR, 'secret.key'), 'x');
    expect(() => loadConfig({ DATA_DIR })).toThrow(/damaged/);
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    expect(() => loadConfig({ DATA_DIR: file })).toThrow(ConfigError);
  });

  it('takes an empty variable for an absent one', () => {
    expect(loadConfig({ DATA_DIR: folder(), PORT: '', DEMO: '' }).port).toBe(8080);
  });
});
