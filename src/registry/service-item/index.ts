/**
 * Service item (政务服务事项): what can be applied for, by its national code of 31 or 33 characters, which names
 * the department that owns it, and the time that is promised for it. Penalties, coercion, levies and
 * inspections are in the list and aren't rated.
 */
import './contract.ts';

export { itemImport, itemsByCode } from './actions.ts';
