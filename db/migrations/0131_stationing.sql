-- 部门进驻: what has to be in the hall, by which clause, from when; compared with what is.

CREATE TABLE conduct.stationing_duty (
  city_code text NOT NULL,
  department_code text NOT NULL,
  item_code text NOT NULL,
  from_date date NOT NULL,
  to_date date,
  clause text NOT NULL CHECK (clause <> ''),
  authority text NOT NULL CHECK (authority IN ('granted', 'partly', 'missing')),
  chief_staff_no text,
  recorded_by text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, department_code, item_code, from_date),
  CHECK (to_date >= from_date)
);
COMMENT ON TABLE conduct.stationing_duty IS
  'Departments and items that must be in the hall (应进驻清单), each with its clause and its days';
COMMENT ON COLUMN conduct.stationing_duty.item_code IS 'Item; empty where the department as a whole must be';
COMMENT ON COLUMN conduct.stationing_duty.clause IS 'What orders it: document and clause';
COMMENT ON COLUMN conduct.stationing_duty.authority IS
  'Whether the window may decide (授权到位): granted, partly, missing';
COMMENT ON COLUMN conduct.stationing_duty.chief_staff_no IS 'Chief representative (首席代表)';

GRANT SELECT, INSERT, UPDATE ON conduct.stationing_duty TO yiping_app;

INSERT INTO oversight.role_permission (role, permission) VALUES
  ('supervisor', 'stationing.read'), ('assessment_office', 'stationing.read'),
  ('leader', 'stationing.read'), ('department_liaison', 'stationing.read'),
  ('assessment_office', 'stationing.write');
