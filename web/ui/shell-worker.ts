/**
 * Keeps a page on the device: it opens without a line, after a power cut too. Files come from the store
 * first; a new version is stored beside the old one and takes over when it is whole. What the page asks of
 * the server is never stored here.
 */
interface WorkerEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface FetchEvent extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface WorkerScope {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: WorkerEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
}

interface Shell {
  /** path under which the page and its files lie */
  readonly base: string;
  /** begins the name of the store; no other page's begins so */
  readonly kind: string;
  readonly mark: string;
  readonly names: readonly string[];
}

/** To be called once, by the worker of a page. */
export function keepShell({ base, kind, mark, names }: Shell): void {
  const worker = self as unknown as WorkerScope;
  const shell = `${kind}-${mark}`;
  worker.addEventListener('install', (event) => {
    const fill = async (): Promise<void> => {
      const cache = await caches.open(shell);
      // Past the browser's own store: half a new version would be worse than the old one.
      const requests = ['', ...names].map((name) => new Request(base + name, { cache: 'reload' }));
      await cache.addAll(requests);
      await worker.skipWaiting();
    };
    event.waitUntil(fill());
  });
  worker.addEventListener('activate', (event) => {
    const takeOver = async (): Promise<void> => {
      for (const name of await caches.keys()) {
        if (name.startsWith(`${kind}-`) && name !== shell) await caches.delete(name);
      }
      await worker.clients.claim();
    };
    event.waitUntil(takeOver());
  });
  worker.addEventListener('fetch', (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (request.method !== 'GET' || origin !== worker.location.origin) return;
    if (!pathname.startsWith(base) || pathname.startsWith(`${base}api/`)) return;
    const stored = async (): Promise<Response> => {
      const wanted = request.mode === 'navigate' ? base : request;
      return (await caches.match(wanted, { ignoreSearch: true })) ?? (await fetch(request));
    };
    event.respondWith(stored());
  });
}
