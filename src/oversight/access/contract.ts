import { z } from 'zod';

/** What a role may allow; routes and actions name one of these. */
export const PERMISSIONS = [
  'registry.read',
  'registry.write',
  'import.run',
  'record.read',
  'record.write',
  'record.identity',
  'record.correct',
  'record.approve',
  'rating.read',
  'rating.enter',
  'comment.read',
  'inspect.write',
  'inspect.confirm',
  'finding.read',
  'visit.plan',
  'stationing.read',
  'stationing.write',
  'sign.manage',
  'questionnaire.write',
  'questionnaire.read',
  'questionnaire.enter',
  'rating.invite',
  'case.accept',
  'case.approve',
  'ticket.draw',
  'score.read',
  'score.own',
  'order.read',
  'order.handle',
  'order.assign',
  'order.approve',
  'order.call',
  'exclusion.read',
  'exclusion.propose',
  'exclusion.decide',
  'integrity.read',
  'integrity.run',
  'integrity.propose',
  'integrity.decide',
  'voice.write',
  'call.read',
  'call.make',
  'merit.confirm',
  'merit.read',
  'merit.claim',
  'merit.opinion',
  'merit.publish',
  'attendance.read',
  'attendance.own',
  'attendance.write',
  'attendance.confirm',
  'attendance.protest',
  'leave.read',
  'leave.ask',
  'leave.enter',
  'leave.decide',
  'voice.read',
  'voice.decide',
  'discipline.read',
  'refusal.write',
  'refusal.read',
  'appeal.file',
  'appeal.opinion',
  'appeal.appoint',
  'appeal.review',
  'month.close',
  'scheme.read',
  'scheme.write',
  'scheme.approve',
  'audit.read',
  'user.manage',
  'key.manage',
  'network.manage',
  'origin.manage',
  'robot.manage',
  'system.read',
  'dashboard.read',
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

/** Roles that speak for a part of the city: without a scope they see nothing. */
export const SCOPED_ROLES: readonly Role[] = ['department_liaison'];

export const usernameSchema = z.string().regex(/^[a-zA-Z0-9_.]{3,30}$/);
/** Region of 6, 9 or 12 digits, or a department's USCC. */
export const scopeCodeSchema = z.string().regex(/^(\d{6}|\d{9}|\d{12}|[0-9A-Z]{18})$/);
const personNameSchema = z.string().trim().min(1).max(60);
const staffNoSchema = z.string().trim().min(1).max(40);
/**
 * Long enough for any passphrase, short enough to hash. What a new one must hold is said by
 * `access.password_*`.
 */
const passwordSchema = z.string().min(1).max(200);
const totpCodeSchema = z.string().regex(/^\d{6}$/);
const moment = z.iso.datetime({ offset: true });
const querySize = z.coerce.number().int().min(1).max(200).default(50);

// ── Signing in: /admin/api/sign-in, /sign-in/totp, /sign-out ───────────────────────────────────────────────

export const signInSchema = z.strictObject({
  username: z.string().min(1).max(100),
  password: passwordSchema,
});
export const signInTotpSchema = z.strictObject({ code: totpCodeSchema });

/** What still stands between the person and the work: nothing else than its own routes answers until then. */
export const pendingStepSchema = z.enum(['password', 'totp']);

export const scopeSchema = z.object({
  cityCode: z.string(),
  regionPrefix: z.string().optional(),
  departmentCode: z.string().optional(),
});

/** GET /admin/api/me: who is signed in and what they may do. */
export const meSchema = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  role: roleSchema,
  roleName: z.object({ zh: z.string(), en: z.string() }),
  permissions: z.array(permissionSchema),
  scope: scopeSchema,
  staffNo: z.string().nullable(),
  /** In this order: the password is changed first, then the second factor is enrolled. */
  pending: z.array(pendingStepSchema),
  totp: z.object({ enabled: z.boolean(), required: z.boolean() }),
  /** Minutes without a request after which the session ends. */
  idleMinutes: z.number().int(),
  /** The session's end, however busy. */
  sessionEndsAt: moment,
  demo: z.boolean(),
});
export type Me = z.infer<typeof meSchema>;

/** GET /admin/api/session: who is signed in, or nobody; what a page asks before it shows the sign-in. */
export const sessionSchema = z.object({ me: meSchema.nullable() });

/** POST /admin/api/sign-in: `totp` asks for POST /sign-in/totp within a few minutes. */
export const signInAnswerSchema = z.discriminatedUnion('step', [
  z.object({ step: z.literal('signed_in'), me: meSchema }),
  z.object({ step: z.literal('totp') }),
]);
export type SignInAnswer = z.infer<typeof signInAnswerSchema>;

// ── The own account: /admin/api/me/password, /me/totp/{begin,confirm,disable} ──────────────────────────────

export const changePasswordSchema = z.strictObject({ current: passwordSchema, next: passwordSchema });
export const totpBeginSchema = z.strictObject({ password: passwordSchema });
/**
 * Shown once: the secret for typing, the address behind the QR code, and the code itself as an SVG data
 * address.
 */
export const totpBegunSchema = z.object({ secret: z.string(), uri: z.string(), qr: z.string() });
export const totpConfirmSchema = z.strictObject({ code: totpCodeSchema });
export const totpDisableSchema = z.strictObject({ password: passwordSchema, code: totpCodeSchema });

// ── Accounts: /admin/api/users (user.manage) ───────────────────────────────────────────────────────────────

export const userSchema = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  role: roleSchema,
  /** null: the whole city */
  scope: z.string().nullable(),
  staffNo: z.string().nullable(),
  totpEnabled: z.boolean(),
  mustChangePassword: z.boolean(),
  /** Sessions open at the moment. */
  sessions: z.number().int(),
  lastSignedInAt: moment.nullable(),
  lockedUntil: moment.nullable(),
  disabledAt: moment.nullable(),
  createdAt: moment,
});
export type User = z.infer<typeof userSchema>;

export const userListQuery = z.object({
  /** Part of the username, the name or the staff number. */
  q: z.string().trim().max(60).optional(),
  role: roleSchema.optional(),
  state: z.enum(['active', 'disabled']).optional(),
  cursor: z.string().max(200).optional(),
  limit: querySize,
});
export const userListSchema = z.object({ items: z.array(userSchema), next: z.string().nullable() });

export const createUserSchema = z.strictObject({
  username: usernameSchema,
  name: personNameSchema,
  role: roleSchema,
  scope: scopeCodeSchema.nullish(),
  staffNo: staffNoSchema.nullish(),
});
/** The one-time password is shown now and never again; the person changes it at first use. */
export const userWithPasswordSchema = z.object({ user: userSchema, password: z.string() });
/** POST /users/{id}/role: replaces role, scope and staff number; open sessions end. */
export const changeRoleSchema = z.strictObject({
  role: roleSchema,
  scope: scopeCodeSchema.nullish(),
  staffNo: staffNoSchema.nullish(),
});
/** POST /users/{id}/{disable,enable,reset,end-sessions} */
export const reasonSchema = z.strictObject({ reason: z.string().trim().max(200).optional() }).nullish();
export const endedSessionsSchema = z.object({ ended: z.number().int() });
export const idParams = z.object({ id: z.string().min(1).max(60) });

/** GET /admin/api/roles */
export const roleListSchema = z.object({
  items: z.array(
    z.object({
      role: roleSchema,
      name: z.object({ zh: z.string(), en: z.string() }),
      permissions: z.array(permissionSchema),
      needsSecondFactor: z.boolean(),
      needsStaffNo: z.boolean(),
    }),
  ),
});

// ── Keys of other systems: /admin/api/keys (key.manage) ────────────────────────────────────────────────────

export const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  scope: z.string(),
  createdBy: z.string(),
  createdAt: moment,
  expiresAt: moment.nullable(),
  revokedAt: moment.nullable(),
  lastUsedOn: z.string().nullable(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;

export const apiKeyListSchema = z.object({ items: z.array(apiKeySchema) });
export const createApiKeySchema = z.strictObject({
  name: z.string().trim().min(1).max(60),
  scope: scopeCodeSchema,
  expiresAt: moment.nullish(),
});
/** The key is shown now and never again. */
export const createdApiKeySchema = z.object({ apiKey: apiKeySchema, key: z.string() });
