/** What each slice brings into the whole: its routes, its jobs, its import kinds. */
import type { Deps } from '../platform/deps.ts';
import type { Http } from '../platform/http.ts';
import type { AnyJob } from '../platform/jobs.ts';

export const sliceJobs: readonly AnyJob[] = [];

export const sliceRoutes: readonly ((http: Http, deps: Deps) => void | Promise<void>)[] = [];
