-- 月结: what a close made of the month. Every close replaces it; sealing freezes it.

CREATE TABLE close.closing (
  city_code text NOT NULL,
  month date NOT NULL,
  closed_at timestamptz NOT NULL,
  closed_by text NOT NULL,
  scheme_hash text NOT NULL,
  staff int NOT NULL,
  windows int NOT NULL,
  departments int NOT NULL,
  ratable int NOT NULL,
  rated int NOT NULL,
  good int NOT NULL,
  bad int NOT NULL,
  pending int NOT NULL,
  PRIMARY KEY (city_code, month)
);
COMMENT ON TABLE close.closing IS 'The last close of each month';
COMMENT ON COLUMN close.closing.closed_at IS 'When it was closed last';
COMMENT ON COLUMN close.closing.closed_by IS 'Who closed it';
COMMENT ON COLUMN close.closing.scheme_hash IS 'Scheme whose numbers of the whole month were used';
COMMENT ON COLUMN close.closing.staff IS 'Members of staff assessed';
COMMENT ON COLUMN close.closing.windows IS 'Windows assessed';
COMMENT ON COLUMN close.closing.departments IS 'Departments assessed';
COMMENT ON COLUMN close.closing.ratable IS 'Ratable services of the city in the month';
COMMENT ON COLUMN close.closing.rated IS 'First ratings that count in the month, exclusions left out';
COMMENT ON COLUMN close.closing.good IS 'Levels 3 to 5 among them';
COMMENT ON COLUMN close.closing.bad IS 'Levels 1 and 2 among them';
COMMENT ON COLUMN close.closing.pending IS 'Deductions that waited for a verdict';

CREATE TABLE close.statement (
  city_code text NOT NULL,
  month date NOT NULL,
  subject_kind text NOT NULL CHECK (subject_kind IN ('staff', 'window', 'department')),
  subject_code text NOT NULL,
  name text NOT NULL,
  unit_code text NOT NULL,
  identity text,
  department_code text NOT NULL,
  region_code text NOT NULL,
  stationing_centi int NOT NULL,
  daily_centi int NOT NULL,
  case_centi int NOT NULL,
  rating_centi int NOT NULL,
  complaint_centi int NOT NULL,
  base_centi int NOT NULL,
  bonus jsonb NOT NULL,
  bonus_centi int,
  total_centi int NOT NULL,
  deducted_centi int NOT NULL,
  ratable int NOT NULL,
  rated int NOT NULL,
  good int NOT NULL,
  bad int NOT NULL,
  excluded int NOT NULL,
  grade text,
  veto boolean NOT NULL,
  flags text[] NOT NULL,
  pay_fen int,
  lines jsonb NOT NULL,
  scheme_hash text NOT NULL,
  closed_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, month, subject_kind, subject_code)
);
CREATE INDEX statement_subject ON close.statement (city_code, subject_kind, subject_code, month);
COMMENT ON TABLE close.statement IS 'Each subject''s result of a month (月度考核结果)';
COMMENT ON COLUMN close.statement.subject_kind IS 'staff, window or department';
COMMENT ON COLUMN close.statement.subject_code IS 'Staff number, window code or the department''s USCC';
COMMENT ON COLUMN close.statement.name IS 'Name at the close';
COMMENT ON COLUMN close.statement.unit_code IS
  'Hall in which it is compared: city hall, or county hall with its townships';
COMMENT ON COLUMN close.statement.identity IS
  'Whom a member of staff works for; empty for windows and departments';
COMMENT ON COLUMN close.statement.department_code IS 'Department it belongs to; a department''s own code';
COMMENT ON COLUMN close.statement.region_code IS 'Where it sits; for staff, where most posting days were';
COMMENT ON COLUMN close.statement.stationing_centi IS 'Indicator stationing 部门进驻 in 0.01 points';
COMMENT ON COLUMN close.statement.daily_centi IS 'Indicator daily management 日常管理 in 0.01 points';
COMMENT ON COLUMN close.statement.case_centi IS 'Indicator case handling 业务管理 in 0.01 points';
COMMENT ON COLUMN close.statement.rating_centi IS 'Indicator ratings 好差评 in 0.01 points';
COMMENT ON COLUMN close.statement.complaint_centi IS 'Indicator complaints 举报投诉 in 0.01 points';
COMMENT ON COLUMN close.statement.base_centi IS 'Sum of the five indicators';
COMMENT ON COLUMN close.statement.bonus IS
  'Points in 0.01 by bonus item after its cap; empty for windows and departments';
COMMENT ON COLUMN close.statement.bonus_centi IS
  'Sum of the items after the cap of all; none for windows and departments';
COMMENT ON COLUMN close.statement.total_centi IS 'Total in 0.01 points';
COMMENT ON COLUMN close.statement.deducted_centi IS
  'Points taken away before floors, and what stationing lacks: breaks ties';
COMMENT ON COLUMN close.statement.ratable IS 'Ratable services of the month';
COMMENT ON COLUMN close.statement.rated IS 'First ratings that count, exclusions left out';
COMMENT ON COLUMN close.statement.good IS 'Levels 3 to 5 among them';
COMMENT ON COLUMN close.statement.bad IS 'Levels 1 and 2 among them, also without a verdict';
COMMENT ON COLUMN close.statement.excluded IS 'Ratings found mistaken or malicious';
COMMENT ON COLUMN close.statement.grade IS '好, 较好, 一般, 较差; none for windows and departments';
COMMENT ON COLUMN close.statement.veto IS 'A rule with veto stands against it (一票否决)';
COMMENT ON COLUMN close.statement.flags IS 'small_sample, pending, veto, over_quota';
COMMENT ON COLUMN close.statement.pay_fen IS 'What pay would float by, in fen; none where pay doesn''t float';
COMMENT ON COLUMN close.statement.lines IS
  'The lines in their order, entries and derived ones: their points add up to the total';
COMMENT ON COLUMN close.statement.scheme_hash IS 'Scheme whose numbers of the whole month were used';
COMMENT ON COLUMN close.statement.closed_at IS 'When it was computed';

-- A close writes tens of thousands of lines; within their statement they cost a fraction of what rows cost.
CREATE VIEW close.statement_line AS
  SELECT s.city_code, s.month, s.subject_kind, s.subject_code, l.line_no::int AS line_no,
         l.line ->> 'part' AS part, l.line ->> 'kind' AS kind, (l.line ->> 'points')::int AS points_centi,
         l.line ->> 'key' AS value_key, (l.line ->> 'entry')::uuid AS entry_id,
         (l.line ->> 'other')::uuid AS other_entry_id, l.line -> 'about' AS about
  FROM close.statement s
  CROSS JOIN LATERAL jsonb_array_elements(s.lines) WITH ORDINALITY AS l(line, line_no);
COMMENT ON VIEW close.statement_line IS
  'Lines of statements, one a row: part, kind (base, entry, good_rate …), points in 0.01, the scheme''s value
   that it rests on, the entry that it carries, the one that stands instead or is taken back, and the counts';

GRANT SELECT, INSERT, UPDATE ON close.closing TO yiping_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON close.statement TO yiping_app;
GRANT SELECT ON close.statement_line TO yiping_app;
