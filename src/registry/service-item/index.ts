/**
 * Service item (政务服务事项): what can be applied for, by its national code of 31 or 33 characters, which names
 * the department that owns it, and the time that is promised for it. Penalties, coercion, levies and
 * inspections are in the list and aren't rated. A clerk finds an item by name, pinyin or code; what it asks
 * for in papers, and who approves it in which steps, stands beside it.
 */
import './contract.ts';

export { itemImport, itemsByCode } from './actions.ts';
export { type FoundItem, itemForWindow } from './search-actions.ts';
export { appliesTo, type Material } from './working.ts';
export { itemStepImport, materialImport, materialsOf, stepsOf } from './working-actions.ts';
