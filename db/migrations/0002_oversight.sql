-- Accounts, roles, keys and the audit. The tables of sign-in are local to the coordinator (names and keys as
-- better-auth has them); the audit belongs to a city and is distributed with it.

CREATE TABLE oversight.role (
  role text PRIMARY KEY CHECK (role ~ '^[a-z][a-z_]{1,30}$'),
  name_zh text NOT NULL,
  name_en text NOT NULL,
  needs_second_factor boolean NOT NULL,
  needs_staff_no boolean NOT NULL,
  sort int NOT NULL
);
COMMENT ON TABLE oversight.role IS 'What a person is in the hall; one role an account 角色';
COMMENT ON COLUMN oversight.role.role IS 'Name by which commands and the API know it';
COMMENT ON COLUMN oversight.role.name_zh IS 'Name shown to Chinese readers';
COMMENT ON COLUMN oversight.role.name_en IS 'Name shown to English readers';
COMMENT ON COLUMN oversight.role.needs_second_factor IS
  'Must enrol a second factor before anything else, outside the demo';
COMMENT ON COLUMN oversight.role.needs_staff_no IS 'Only for accounts that belong to a member of staff';
COMMENT ON COLUMN oversight.role.sort IS 'Order in lists';
GRANT SELECT ON oversight.role TO yiping_app;

-- Roles are data, but the separation of the three administrators is not: these checks hold for whoever edits
-- them.
CREATE TABLE oversight.role_permission (
  role text NOT NULL REFERENCES oversight.role,
  permission text NOT NULL CHECK (permission ~ '^[a-z]+\.[a-z]+$'),
  PRIMARY KEY (role, permission),
  CONSTRAINT grants_belong_to_security_admin
    CHECK (permission NOT IN ('user.manage', 'key.manage') OR role = 'security_admin'),
  CONSTRAINT audit_belongs_to_auditor CHECK (permission <> 'audit.read' OR role = 'auditor'),
  CONSTRAINT system_belongs_to_system_admin CHECK (permission <> 'system.read' OR role = 'system_admin')
);
COMMENT ON TABLE oversight.role_permission IS 'What a role allows 角色权限';
COMMENT ON COLUMN oversight.role_permission.role IS 'The role that allows it';
COMMENT ON COLUMN oversight.role_permission.permission IS 'The permission that routes and actions ask for';
GRANT SELECT ON oversight.role_permission TO yiping_app;

INSERT INTO oversight.role (role, name_zh, name_en, needs_second_factor, needs_staff_no, sort) VALUES
  ('system_admin', '系统管理员', 'System administrator', true, false, 1),
  ('security_admin', '安全管理员', 'Security administrator', true, false, 2),
  ('auditor', '审计管理员', 'Auditor', true, false, 3),
  ('assessment_office', '考核办', 'Assessment office', true, false, 4),
  ('department_liaison', '部门联络员', 'Department liaison', false, false, 5),
  ('supervisor', '值班主任', 'Supervisor', false, false, 6),
  ('caller', '回访员', 'Caller', false, false, 7),
  ('wage_office', '薪酬管理员', 'Wage office', false, false, 8),
  ('leader', '领导', 'Leader', false, false, 9),
  ('clerk', '窗口工作人员', 'Clerk', false, true, 10);

INSERT INTO oversight.role_permission (role, permission)
SELECT role, unnest(string_to_array(permissions, ' ')) FROM (VALUES
  ('system_admin', 'registry.read registry.write import.run system.read'),
  ('security_admin', 'user.manage key.manage'),
  ('auditor', 'audit.read export.run'),
  ('assessment_office', 'registry.read registry.write import.run record.read record.identity record.correct '
    'record.approve rating.read score.read month.close scheme.read export.run'),
  ('department_liaison', 'registry.read record.read record.correct rating.read score.read scheme.read '
    'export.run'),
  ('supervisor', 'registry.read record.read record.correct rating.read score.read scheme.read'),
  ('caller', 'registry.read record.read record.identity rating.read'),
  ('wage_office', 'registry.read score.read export.run'),
  ('leader', 'registry.read record.read rating.read score.read scheme.read export.run'),
  ('clerk', 'score.own scheme.read')
) AS seed (role, permissions);

CREATE TABLE oversight."user" (
  id text PRIMARY KEY,
  city_code text NOT NULL CHECK (city_code ~ '^[1-9][0-9]{5}$'),
  username text NOT NULL CHECK (username ~ '^[a-z0-9_.]{3,30}$'),
  name text NOT NULL CHECK (name <> ''),
  role text NOT NULL REFERENCES oversight.role,
  scope_code text,
  staff_no text,
  two_factor_enabled boolean NOT NULL DEFAULT false,
  must_change_password boolean NOT NULL DEFAULT true,
  password_changed_at timestamptz,
  last_signed_in_at timestamptz,
  disabled_at timestamptz,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CONSTRAINT user_username_key UNIQUE (username),
  CONSTRAINT user_staff_key UNIQUE (city_code, staff_no),
  CONSTRAINT clerk_has_staff_no CHECK (role <> 'clerk' OR staff_no IS NOT NULL)
);
COMMENT ON TABLE oversight."user" IS 'Accounts of people of the hall 账号';
COMMENT ON COLUMN oversight."user".id IS 'Random, never reused';
COMMENT ON COLUMN oversight."user".username IS 'Name to sign in with, lower case';
COMMENT ON COLUMN oversight."user".role IS
  'The one role; a person with a staff number has one account, so nobody holds two';
COMMENT ON COLUMN oversight."user".scope_code IS
  'Region of 6, 9 or 12 digits or USCC that bounds the data; null: the whole city';
COMMENT ON COLUMN oversight."user".two_factor_enabled IS 'Signing in asks for a code of the second factor';
COMMENT ON COLUMN oversight."user".must_change_password IS
  'The password was made by somebody else and opens nothing but its own change';
COMMENT ON COLUMN oversight."user".password_changed_at IS 'When the person last chose a password';
COMMENT ON COLUMN oversight."user".last_signed_in_at IS 'Last complete sign-in';
COMMENT ON COLUMN oversight."user".disabled_at IS 'Since when nobody can sign in with it; null: active';
GRANT SELECT, INSERT, UPDATE ON oversight."user" TO yiping_app;

CREATE TABLE oversight.account (
  id text PRIMARY KEY,
  user_id text NOT NULL REFERENCES oversight."user",
  provider_id text NOT NULL,
  account_id text NOT NULL,
  password text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  UNIQUE (provider_id, account_id),
  UNIQUE (user_id, provider_id)
);
COMMENT ON TABLE oversight.account IS
  'Ways in which a person proves who they are: a password, later an identity provider';
COMMENT ON COLUMN oversight.account.id IS 'Random';
COMMENT ON COLUMN oversight.account.user_id IS 'Whose it is';
COMMENT ON COLUMN oversight.account.provider_id IS 'credential: a password of this system';
COMMENT ON COLUMN oversight.account.account_id IS
  'The person''s key at the provider; for a password the user''s id';
COMMENT ON COLUMN oversight.account.password IS
  'scrypt of the password with its salt; null for an identity provider';
GRANT SELECT, INSERT, UPDATE ON oversight.account TO yiping_app;

CREATE TABLE oversight.session (
  id text PRIMARY KEY,
  user_id text NOT NULL REFERENCES oversight."user",
  token text NOT NULL UNIQUE,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  ip_address text,
  user_agent text
);
CREATE INDEX session_user_id_idx ON oversight.session (user_id);
COMMENT ON TABLE oversight.session IS 'Who is signed in at the moment 会话';
COMMENT ON COLUMN oversight.session.id IS 'Random; not the secret';
COMMENT ON COLUMN oversight.session.user_id IS 'Who is signed in';
COMMENT ON COLUMN oversight.session.token IS 'SHA-256 of the cookie: a copy of this table opens no session';
COMMENT ON COLUMN oversight.session.updated_at IS 'Last request; the idle timeout runs from here';
COMMENT ON COLUMN oversight.session.expires_at IS 'End of the session, however busy';
COMMENT ON COLUMN oversight.session.ip_address IS 'Where it was opened from';
COMMENT ON COLUMN oversight.session.user_agent IS 'With which browser it was opened, cut to 200 characters';
GRANT SELECT, INSERT, UPDATE, DELETE ON oversight.session TO yiping_app;

CREATE TABLE oversight.verification (
  id text PRIMARY KEY,
  identifier text NOT NULL UNIQUE,
  value text NOT NULL,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL
);
COMMENT ON TABLE oversight.verification IS
  'Sign-ins that have passed the password and wait for the second factor';
COMMENT ON COLUMN oversight.verification.id IS 'Random';
COMMENT ON COLUMN oversight.verification.identifier IS 'SHA-256 of the cookie that carries the challenge';
COMMENT ON COLUMN oversight.verification.value IS 'The user who passed the password';
COMMENT ON COLUMN oversight.verification.expires_at IS 'Afterwards the password is asked for again';
GRANT SELECT, INSERT, DELETE ON oversight.verification TO yiping_app;

CREATE TABLE oversight.two_factor (
  id text PRIMARY KEY,
  user_id text NOT NULL UNIQUE REFERENCES oversight."user",
  secret bytea NOT NULL,
  verified boolean NOT NULL DEFAULT false,
  last_step bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL
);
COMMENT ON TABLE oversight.two_factor IS 'Second factors: one authenticator an account 双因素';
COMMENT ON COLUMN oversight.two_factor.id IS 'Random';
COMMENT ON COLUMN oversight.two_factor.user_id IS 'Whose it is';
COMMENT ON COLUMN oversight.two_factor.secret IS 'The shared secret, encrypted';
COMMENT ON COLUMN oversight.two_factor.verified IS
  'Whether a first code has proved that the authenticator works';
COMMENT ON COLUMN oversight.two_factor.last_step IS 'Time step of the last code used: no code works twice';
GRANT SELECT, INSERT, UPDATE, DELETE ON oversight.two_factor TO yiping_app;

CREATE TABLE oversight.sign_in_guard (
  name_hash bytea PRIMARY KEY,
  failed_count int NOT NULL CHECK (failed_count >= 0),
  locked_until timestamptz,
  updated_at timestamptz NOT NULL
);
COMMENT ON TABLE oversight.sign_in_guard IS
  'Failed attempts by name, whether an account of that name exists or not 登录保护';
COMMENT ON COLUMN oversight.sign_in_guard.name_hash IS
  'Keyed hash of the name typed: people type passwords there, too';
COMMENT ON COLUMN oversight.sign_in_guard.failed_count IS 'Failures in a row';
COMMENT ON COLUMN oversight.sign_in_guard.locked_until IS 'Until then every attempt is refused unread';
GRANT SELECT, INSERT, UPDATE, DELETE ON oversight.sign_in_guard TO yiping_app;

CREATE TABLE oversight.api_key (
  id text PRIMARY KEY,
  city_code text NOT NULL CHECK (city_code ~ '^[1-9][0-9]{5}$'),
  name text NOT NULL CHECK (name <> ''),
  key_hash bytea NOT NULL UNIQUE,
  scope_code text NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_on date
);
COMMENT ON TABLE oversight.api_key IS 'Keys of other systems 接口密钥';
COMMENT ON COLUMN oversight.api_key.id IS 'Random; not the secret';
COMMENT ON COLUMN oversight.api_key.key_hash IS
  'SHA-256 of the key; the key itself is shown once and kept nowhere';
COMMENT ON COLUMN oversight.api_key.scope_code IS 'Region of 6, 9 or 12 digits or USCC that bounds the data';
COMMENT ON COLUMN oversight.api_key.created_by IS 'Username or command line';
COMMENT ON COLUMN oversight.api_key.expires_at IS 'From then on the key opens nothing; null: never';
COMMENT ON COLUMN oversight.api_key.revoked_at IS 'When it was taken back';
COMMENT ON COLUMN oversight.api_key.last_used_on IS 'Last day on which it was used';
GRANT SELECT, INSERT, UPDATE ON oversight.api_key TO yiping_app;

CREATE TABLE oversight.audit (
  city_code text NOT NULL,
  recorded_at timestamptz NOT NULL,
  audit_id bigint GENERATED ALWAYS AS IDENTITY,
  actor_kind text NOT NULL CHECK (actor_kind IN ('user', 'key', 'cli', 'system', 'public')),
  actor_id text NOT NULL,
  actor_name text NOT NULL,
  action text NOT NULL,
  subject_kind text NOT NULL,
  subject_id text NOT NULL,
  result text NOT NULL CHECK (result IN ('ok', 'refused', 'failed')),
  reason text,
  detail jsonb,
  PRIMARY KEY (city_code, recorded_at, audit_id)
) PARTITION BY RANGE (recorded_at);
CREATE INDEX audit_actor_idx ON oversight.audit (city_code, actor_name, recorded_at);
CREATE INDEX audit_subject_idx ON oversight.audit (city_code, subject_kind, subject_id, recorded_at);
COMMENT ON TABLE oversight.audit IS
  'Who did what to what, when, with which result; nobody changes or deletes a line 审计';
COMMENT ON COLUMN oversight.audit.audit_id IS 'Tells apart and orders lines of one instant';
COMMENT ON COLUMN oversight.audit.actor_kind IS 'user, key, cli, system or public';
COMMENT ON COLUMN oversight.audit.actor_id IS 'Id of the user or key; empty for the others';
COMMENT ON COLUMN oversight.audit.actor_name IS 'Username, key name or part of the product at that time';
COMMENT ON COLUMN oversight.audit.action IS 'Dotted verb';
COMMENT ON COLUMN oversight.audit.subject_kind IS 'What kind of thing it was done to';
COMMENT ON COLUMN oversight.audit.subject_id IS 'Key of the thing; empty when there is no single one';
COMMENT ON COLUMN oversight.audit.result IS 'ok, refused (by a rule) or failed (wrong proof)';
COMMENT ON COLUMN oversight.audit.detail IS
  'Codes and numbers that explain it; never personal data of citizens';
GRANT SELECT, INSERT ON oversight.audit TO yiping_app;
INSERT INTO platform.partitioned_table (parent, by_instant) VALUES ('oversight.audit', true);
