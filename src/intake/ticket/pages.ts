import { z } from 'zod';
import { cityOfRegion, expandRegionCode } from '../../kernel/codes.ts';
import { formatTime } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { pageHeaders } from '../../platform/citizen-page.ts';
import type { Deps } from '../../platform/deps.ts';
import { cspHash, type Html, html, raw } from '../../platform/html.ts';
import type { Http } from '../../platform/http.ts';
import { hallOf } from '../acceptance/index.ts';
import { type CallScreen, callScreen } from './screen-actions.ts';

/** Seconds after which the screen asks again: a page without script asks by itself. */
const REFRESH = 4;

const stylesheet = `
* { box-sizing: border-box; }
html { background: #0b1420; color: #f4f7fb;
  font: 28px/1.4 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; grid-template-rows: auto 1fr auto; gap: 1rem;
  padding: 1.2rem; }
h1 { font-size: 1.4rem; margin: 0; display: flex; justify-content: space-between; }
h1 small { font-weight: 400; }
ol { list-style: none; margin: 0; padding: 0; display: grid; gap: .5rem; align-content: start; }
ol li { display: grid; grid-template-columns: 1fr 1.4fr; align-items: baseline; background: #15263a;
  border-radius: .4rem; padding: .5rem 1rem; font-size: 1.8rem; font-variant-numeric: tabular-nums; }
ol li:first-child { background: #1456b8; font-size: 2.6rem; }
ol span { text-align: right; }
ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .4rem 2rem; }
p { font-size: 1.6rem; }
@media (max-width: 700px) { html { font-size: 24px; } ol li { font-size: 1.2rem; }
  ol li:first-child { font-size: 1.5rem; } }
`;

const POLICY = [
  "default-src 'none'",
  `style-src ${cspHash(stylesheet)}`,
  'img-src data:',
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join(';');

/** The screen over the windows of a hall: who is called where. Both languages stand on it. */
export function callPages(http: Http, deps: Deps): void {
  http.get(
    '/calls/:region',
    {
      config: { access: 'public' },
      schema: { hide: true, params: z.object({ region: z.string().max(12) }) },
    },
    async (request, reply) => {
      const region = expandRegionCode(request.params.region);
      const city = region && cityOfRegion(region);
      if (region === undefined || city === undefined) throw new Refusal('request.not_found');
      const shown = await callScreen(deps, city, hallOf(region));
      return pageHeaders(reply, POLICY).send(page(shown, formatTime(deps.clock.now())).text);
    },
  );
}

const NOBODY = html`<p>请稍候 <span lang="en">Please wait</span></p>`;

function page({ called, waiting }: CallScreen, time: string): Html {
  const calls = called.map(
    (one) =>
      html`<li><strong>${one.ticket_no}</strong><span>${one.window_code} ${one.window_name}</span></li>`,
  );
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="${String(REFRESH)}">
<title>叫号 Now serving</title>
<link rel="icon" href="data:,">
<style>${raw(stylesheet)}</style>
</head>
<body>
<h1>请到窗口办理 <small lang="en">Now serving</small> <time>${time}</time></h1>
<main>${calls.length > 0 ? html`<ol>${calls}</ol>` : NOBODY}</main>
<footer><ul>${waiting.map((one) => html`<li>${one.name} 等候 ${String(one.count)}</li>`)}</ul></footer>
</body>
</html>
`;
}
