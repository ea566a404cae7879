import { randomUUID } from 'node:crypto';
import type { App, Person } from './app.ts';
import { CLERK, recordForm } from './hall.ts';

/** A paired device as the server meets it: what it sends carries its credential. */
export interface Device {
  id: string;
  /** Cookie or header by which it is known. */
  headers: Record<string, string>;
  get(path: string): ReturnType<App['api']>;
  post(path: string, payload?: object, headers?: Record<string, string>): ReturnType<App['api']>;
}

/** Ways to work with the devices of a hall. */
export interface Kiosk {
  admin: Person;
  clerk: Person;
  /** A tablet's pairing code, fresh from the office. */
  code(window?: string): Promise<{ id: string; code: string }>;
  tablet(window?: string): Promise<Device>;
  button(keys: object[], window?: string): Promise<Device>;
  /** A service at T01 by the clerk; answers its record number. */
  serve(given?: object): Promise<string>;
  /** The clerk asks for a rating; answers the invitation that waits. */
  ask(stepId: string, device: Device): Promise<string>;
  /** Serves, asks and shows, so that the tablet may rate. */
  shown(device: Device, given?: object): Promise<{ stepId: string; invitation: string }>;
}

export async function openKiosk(app: App): Promise<Kiosk> {
  const admin = await app.person('system_admin');
  const clerk = await app.person('clerk', { staffNo: CLERK });
  let served = 0;
  const deviceOf = (id: string, headers: Record<string, string>): Device => ({
    id,
    headers,
    get: (url) => app.http.inject({ url, headers }),
    post: (url, payload = {}, more = {}) =>
      app.http.inject({ method: 'POST', url, payload, headers: { ...headers, ...more } }),
  });
  const create = async (payload: object): Promise<string> => {
    const answer = await admin.page.post('/registry/devices', { name: '评价设备', ...payload });
    if (answer.statusCode !== 201) throw new Error(answer.body);
    return answer.json().id;
  };
  const kiosk: Kiosk = {
    admin,
    clerk,
    async code(windowCode = 'T01') {
      const id = await create({ kind: 'tablet', windowCode });
      return { id, code: (await admin.page.post(`/registry/devices/${id}/code`)).json().code };
    },
    async tablet(window) {
      const { id, code } = await kiosk.code(window);
      const answer = await app.http.inject({ method: 'POST', url: '/kiosk/api/pair', payload: { code } });
      const cookie = answer.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
      return deviceOf(id, { cookie });
    },
    async button(keys, windowCode = 'T01') {
      const id = await create({ kind: 'button', windowCode, keys });
      const { credential } = (await admin.page.post(`/registry/devices/${id}/credential`)).json();
      return deviceOf(id, { 'x-device-credential': credential });
    },
    async serve(given = {}) {
      served += 1;
      const serviceTime = new Date(app.t.clock.now().getTime() + 7 * 3_600_000).toISOString();
      const projectNo = `KIOSK-${served}`;
      const time = serviceTime.slice(0, 19).replace('T', ' ');
      await app.handIn([recordForm({ projectNo, serviceTime: time, ...given })]);
      return (await app.api('GET', `/service-records/${projectNo}/1`)).json().stepId;
    },
    async ask(stepId, device) {
      // Two moments are never the same.
      app.t.clock.advance(1000);
      const asked = await clerk.page.post('/desk/invitations', { stepId });
      if (asked.statusCode !== 201) throw new Error(asked.body);
      return (await device.get('/kiosk/api/state')).json().invitation;
    },
    async shown(device, given) {
      const stepId = await kiosk.serve(given);
      const invitation = await kiosk.ask(stepId, device);
      const answer = await device.post(`/kiosk/api/invitations/${invitation}/shown`);
      if (answer.statusCode !== 200) throw new Error(answer.body);
      return { stepId, invitation };
    },
  };
  return kiosk;
}

/** A rating as the tablet uploads it. */
export function tap(invitation: string, given: object = {}) {
  return { id: randomUUID(), invitation, satisfaction: 5, ...given };
}
