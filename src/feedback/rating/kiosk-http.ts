import { isoMoment } from '../../kernel/day.ts';
import type { Deps } from '../../platform/deps.ts';
import { type Http, MEGABYTE } from '../../platform/http.ts';
import { deviceGate, deviceOf, keepCredential, sentCredential } from '../../registry/device/index.ts';
import type { RatingDesk } from './actions.ts';
import type { ContactDesk } from './contact-actions.ts';
import { askForRating, deskOf, latePageFor } from './desk-actions.ts';
import { type DeviceDesk, deviceDesk, kioskStateOf, kioskWordsOn, showOn } from './kiosk-actions.ts';
import {
  deskAsk,
  deskAsked,
  deskView,
  invitationParams,
  keyPress,
  kioskQuery,
  kioskState,
  kioskUpload,
  kioskWords,
  latePage,
  lateQuery,
  pressReceipt,
  shownInvitation,
  uploadOutcomes,
} from './kiosk-contract.ts';
import { type StreamDesk, streamDesk } from './stream-http.ts';

/** Whether a questionnaire is open at a window: known downstream, and handed in. */
export type AsksAt = (spot: { cityCode: string; windowCode: string }) => Promise<boolean>;

interface KioskWays {
  readonly desk: RatingDesk;
  readonly asksAt: AsksAt;
  readonly contact: ContactDesk;
}

/** Rating at a window: what devices ask of the server, and the desk of the clerk who invites. */
export function kioskRoutes(http: Http, deps: Deps, { desk, asksAt, contact }: KioskWays): void {
  const streams = streamDesk(deps);
  http.addHook('preClose', async () => streams.close());
  tabletRoutes(http, deps, { streams, asksAt });
  intakeRoutes(http, deps, deviceDesk(deps, desk, contact));
  deskRoutes(http, deps, streams);
}

/** For whoever holds a device's credential. */
function behindGate(deps: Deps) {
  return { config: { access: 'public' as const }, onRequest: deviceGate(deps) };
}

function tabletRoutes(
  http: Http,
  deps: Deps,
  { streams, asksAt }: { streams: StreamDesk; asksAt: AsksAt },
): void {
  const gate = behindGate(deps);
  http.get(
    '/kiosk/api/state',
    { ...gate, schema: { hide: true, querystring: kioskQuery, response: { 200: kioskState } } },
    async (request, reply) => {
      const device = deviceOf(request);
      keepCredential(deps, reply, sentCredential(deps, request));
      const state = await kioskStateOf(deps, device, request.query.waiting);
      return { ...state, survey: await asksAt(device) };
    },
  );
  http.get('/kiosk/api/words', { ...gate, schema: { hide: true, response: { 200: kioskWords } } }, () =>
    kioskWordsOn(deps.clock.now()),
  );
  http.get('/kiosk/api/events', { ...gate, schema: { hide: true } }, async (request, reply) => {
    streams.open(deviceOf(request), reply);
  });
  http.post(
    '/kiosk/api/invitations/:id/shown',
    { ...gate, schema: { hide: true, params: invitationParams, response: { 200: shownInvitation } } },
    async (request) => await showOn(deps, deviceOf(request), request.params.id),
  );
}

function intakeRoutes(http: Http, deps: Deps, devices: DeviceDesk): void {
  const gate = behindGate(deps);
  http.post(
    '/kiosk/api/ratings',
    {
      ...gate,
      bodyLimit: MEGABYTE,
      schema: { hide: true, body: kioskUpload, response: { 200: uploadOutcomes } },
    },
    async (request) => {
      const device = deviceOf(request);
      return { items: await devices.upload(device, request.body.items, request.lang) };
    },
  );
  http.post(
    '/api/v1/devices/presses',
    {
      ...gate,
      schema: {
        tags: ['devices'],
        summary: 'A key of a button device: rates what the window has asked about',
        security: [],
        body: keyPress,
        response: { 200: pressReceipt, 201: pressReceipt },
      },
    },
    async (request, reply) => {
      const device = deviceOf(request);
      const { isNew, receipt, recordedAt } = await devices.press(device, request.body);
      return reply.code(isNew ? 201 : 200).send({ receipt, recordedAt: isoMoment(recordedAt) });
    },
  );
}

function deskRoutes(http: Http, deps: Deps, streams: StreamDesk): void {
  const invite = { access: { permission: 'rating.invite' } };
  http.get(
    '/admin/api/desk',
    { config: invite, schema: { hide: true, response: { 200: deskView } } },
    async (request) => await deskOf(deps, request.actor),
  );
  http.post(
    '/admin/api/desk/invitations',
    { config: invite, schema: { hide: true, body: deskAsk, response: { 201: deskAsked } } },
    async (request, reply) => {
      const asked = await askForRating(deps, request.actor, request.body.stepId);
      streams.nudge(request.actor.cityCode);
      return reply.code(201).send(asked);
    },
  );
  http.get(
    '/admin/api/late-ratings',
    {
      config: { access: { permission: 'rating.read' } },
      schema: { hide: true, querystring: lateQuery, response: { 200: latePage } },
    },
    async (request) => await latePageFor(deps, request.actor, request.query),
  );
}
