import { z } from 'zod';

/** What a role may allow; routes and actions name one of these. */
export const PERMISSIONS = [
  'registry.read',
  'registry.write',
  'import.run',
  'record.read',
  'record.identity',
  'record.correct',
  'record.approve',
  'rating.read',
  'score.read',
  'score.own',
  'month.close',
  'scheme.read',
  'audit.read',
  'user.manage',
  'key.manage',
  'system.read',
  'export.run',
] as const;

export const permissionSchema = z.enum(PERMISSIONS);
export type Permission = z.infer<typeof permissionSchema>;

/** The roles of contract §2. The first three keep each other in check: nobody holds two of them. */
export const ROLES = [
  'system_admin',
  'security_admin',
  'auditor',
  'assessment_office',
  'department_liaison',
  'supervisor',
  'caller',
  'wage_office',
  'leader',
  'clerk',
] as const;

export const roleSchema = z.enum(ROLES);
export type Role = z.infer<typeof roleSchema>;
