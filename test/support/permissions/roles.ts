import type { Role } from '../../../src/oversight/access/contract.ts';

/** Everybody, a paired device and nobody else, every system with a key, everybody signed in, these roles. */
export type Who = 'public' | 'device' | 'key' | 'signed-in' | readonly Role[];

export const office: Role[] = ['assessment_office'];
export const security: Role[] = ['security_admin'];
export const importers: Role[] = ['system_admin', 'assessment_office'];
export const readers: Role[] = ['assessment_office', 'department_liaison', 'supervisor', 'caller', 'leader'];
export const registerReaders: Role[] = [...readers, 'system_admin', 'wage_office'];
/** Those of them who also take lists home. */
export const registerExporters: Role[] = registerReaders.filter(
  (role) => !['supervisor', 'caller', 'system_admin'].includes(role),
);
export const correctors: Role[] = ['assessment_office', 'department_liaison', 'supervisor'];
export const schemeDecisionMakers: Role[] = ['assessment_office', 'leader'];
export const reviewers: Role[] = ['assessment_office', 'department_liaison', 'supervisor', 'leader'];
export const commentReaders: Role[] = readers.filter((role) => role !== 'caller');
export const enterers: Role[] = ['assessment_office', 'supervisor', 'caller'];
export const surveyReaders: Role[] = ['assessment_office', 'department_liaison', 'supervisor', 'leader'];
export const voiceReaders: Role[] = ['assessment_office', 'supervisor', 'caller', 'leader', 'auditor'];
/** Who reads findings of patrols. */
export const findingReaders: Role[] = [
  'assessment_office',
  'department_liaison',
  'supervisor',
  'leader',
  'auditor',
];
export const inspectors: Role[] = ['assessment_office', 'supervisor'];
export const orderReaders: Role[] = [...readers, 'auditor'];
export const callReaders: Role[] = ['assessment_office', 'supervisor', 'caller', 'leader', 'auditor'];
export const verifiers: Role[] = ['assessment_office', 'supervisor'];
export const excluders: Role[] = [...verifiers, 'leader'];
export const schemeReaders: Role[] = [...correctors, 'leader', 'clerk'];
/** The clerk: the own file, which is what is asked for below. */
export const scoreReaders: Role[] = [...correctors, 'wage_office', 'leader', 'clerk'];
/** The clerk: the own merits, and the published list. */
export const meritReaders: Role[] = ['assessment_office', 'department_liaison', 'leader', 'clerk'];
