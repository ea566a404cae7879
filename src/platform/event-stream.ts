import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';

/** Opens a line of server-sent events: the answer stays open, and whoever asked writes into it. */
export function openEventStream(reply: FastifyReply): ServerResponse {
  const { raw: out } = reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) out.setHeader(name, value);
  }
  out.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // nginx passes each word on at once.
    'x-accel-buffering': 'no',
  });
  out.write('retry: 3000\n\n');
  return out;
}
