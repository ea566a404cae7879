import { chromium } from 'playwright-core';
import type { Bench } from './bench.ts';
import { BenchError, print, quantile } from './line.ts';
import { freshRecords, tokenAt } from './submissions.ts';

const NAME = 'citizen-page';

/**
 * A plain phone on a poor line: four times slower than this machine, 1.6 Mbit/s down, 150 ms there and back.
 */
const SLOWER = 4;
const LINE = {
  offline: false,
  latency: 150,
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 750_000 / 8,
};

interface Visit {
  requests: number;
  /** As sent, headers included. */
  bytes: number;
  /** First contentful paint, milliseconds from the start of the navigation. */
  paint: number;
}

/**
 * The citizen's page in Chromium: what travels, and when something can be read. Median of several first
 * visits.
 */
export async function citizenPage(bench: Bench): Promise<void> {
  const { deps, instance, quick } = bench;
  const visits = quick ? 3 : 7;
  const records = await freshRecords(deps, visits + 1);
  const browser = await launch();
  const results: Visit[] = [];
  try {
    for (let at = 0; at <= visits; at += 1) {
      const url = `http://127.0.0.1:${instance.port}/r/${tokenAt(deps, records, at)}`;
      const visited = await visit(browser, url);
      // The first one wakes up server and browser.
      if (at > 0) results.push(visited);
    }
  } finally {
    await browser.close();
  }
  const median = (of: (visit: Visit) => number): number => quantile(results.map(of), 0.5);
  const kilobytes = median(({ bytes }) => bytes) / 1024;
  print({ bench: NAME, metric: 'transferred', value: kilobytes, unit: 'KB' });
  print({ bench: NAME, metric: 'requests', value: median(({ requests }) => requests), unit: 'requests' });
  print({ bench: NAME, metric: 'first_contentful_paint', value: median(({ paint }) => paint), unit: 'ms' });
}

type Browser = Awaited<ReturnType<typeof chromium.launch>>;

async function launch(): Promise<Browser> {
  const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];
  try {
    return await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: [...args, '--disable-dev-shm-usage'],
    });
  } catch {
    throw new BenchError(
      `The benchmark ${NAME} needs Chromium: ` +
        'run "sudo apt-get install chromium fonts-noto-cjk" and try again.',
    );
  }
}

async function visit(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'zh-CN' });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    let requests = 0;
    let bytes = 0;
    session.on('Network.requestWillBeSent', ({ request }) => {
      if (!request.url.startsWith('data:')) requests += 1;
    });
    session.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', LINE);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    await page.goto(url, { waitUntil: 'load' });
    const paint = await page.evaluate(firstPaint);
    if ((await page.locator('form input[name=satisfaction]').count()) !== 5)
      throw new BenchError(`${NAME}: the page at /r/ doesn't offer five choices.`);
    return { requests, bytes, paint };
  } finally {
    await context.close();
  }
}

/** Runs in the page. */
function firstPaint(): Promise<number> {
  return new Promise((resolve) => {
    new PerformanceObserver((list) => {
      const entry = list.getEntriesByName('first-contentful-paint')[0];
      if (entry) resolve(entry.startTime);
    }).observe({ type: 'paint', buffered: true });
  });
}
