/**
 * Department (部门): an office that serves in a hall, known by its unified social credit code. Windows, staff
 * and service items belong to one; a person may be bounded to the data of one.
 */
import './contract.ts';

export { departmentCount, departmentImport, departmentsByCode } from './actions.ts';
export { departmentCodeText } from './department.ts';
