/**
 * Device (设备): the tablets and button devices on which people rate at a window. The office makes a device
 * known and binds it to a window; a tablet is paired by a code that lives for minutes and works once, and
 * holds a credential from then on, of which only the hash is kept. Whoever needs to know whether a request
 * comes from a paired device asks `pairedDevice` for the credential that `sentCredential` finds with it. A
 * device that was lost is revoked and refused from its next request on.
 */
import './contract.ts';

export { changedDevices, deviceSeen, devicesOf, type PairedDevice, pairedDevice } from './actions.ts';
export { deviceGate, deviceOf, keepCredential, sentCredential } from './gate-http.ts';
