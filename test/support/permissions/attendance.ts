import type { Role } from '../../../src/oversight/access/contract.ts';
import { office, type Who } from './roles.ts';

const overseers: Role[] = ['assessment_office', 'supervisor', 'leader', 'department_liaison'];
const withClerks: Role[] = [...overseers, 'clerk'];

/** The clock, leave, and what follows from them. */
export const attendance: Readonly<Record<string, Who>> = {
  'GET /admin/api/attendance/sources': office,
  'POST /admin/api/attendance/sources': office,
  'POST /admin/api/attendance/preview': office,
  'POST /admin/api/attendance/sources/:id/files': office,
  'GET /admin/api/attendance/shifts': overseers,
  'POST /admin/api/attendance/shifts': office,
  'POST /admin/api/attendance/shifts/:id/end': office,
  'GET /admin/api/attendance/months/:month': withClerks,
  'GET /admin/api/attendance/findings': withClerks,
  'POST /admin/api/attendance/findings/:id/protest': ['department_liaison', 'clerk'],
  'POST /admin/api/attendance/decisions': ['assessment_office', 'supervisor', 'leader'],
  'POST /admin/api/attendance/runs': office,
  'GET /admin/api/leaves': withClerks,
  'GET /admin/api/leaves/colleagues': withClerks,
  // A chief representative, who has a clerk's account, decides too; the form is checked before anything else.
  'POST /admin/api/leaves': 'signed-in',
  'POST /admin/api/leaves/:id/decision': 'signed-in',
  'POST /admin/api/leaves/:id/withdraw': 'signed-in',
};
