import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Keys } from './crypto.ts';
import type { Db } from './db.ts';
import type { Log } from './log.ts';

/** The ground that every action stands on; made once by `app/`, handed down, never imported as a global. */
export interface Deps {
  config: Config;
  clock: Clock;
  log: Log;
  db: Db;
  keys: Keys;
}

/** The same for work that may take longer than a request should: see `Db.unhurried`. */
export function unhurried<D extends Deps>(deps: D): D {
  return { ...deps, db: deps.db.unhurried };
}
