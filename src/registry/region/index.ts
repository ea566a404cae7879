/**
 * Region (行政区划): province, city, county and township by their codes of 12 digits, and the codes they had
 * before. Regions are shared by all cities. Everything that stands somewhere names one: a department, a
 * window, a case; and whoever may see only a part of the data is bounded by one. The cities that this
 * system serves are kept here too.
 */
import './contract.ts';

export {
  afterKey,
  EXPORT_ROWS,
  exported,
  regionAliases,
  regionBook,
  regionImport,
  regionNames,
  regionOrProblem,
  tenantCities,
} from './actions.ts';
export {
  inReach,
  lineText,
  ownCode,
  type Place,
  regionCodeText,
  unreachable,
  withinPrefix,
} from './region.ts';
export { readSeedRegions, seedCity, seedRegions } from './seed-actions.ts';
