-- 考核单位: each hall of a city closes, publishes and seals a month by itself (ADR 0026).

ALTER TABLE ledger.period ADD COLUMN sealings int NOT NULL DEFAULT 0;
COMMENT ON COLUMN ledger.period.sealings IS
  'How often halls of the month were sealed by themselves: who adds an entry names the number it has seen';

CREATE TABLE ledger.period_unit (
  city_code text NOT NULL,
  month date NOT NULL,
  unit_code text NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'provisional', 'objection', 'sealed')),
  changed_at timestamptz NOT NULL,
  changed_by text NOT NULL,
  PRIMARY KEY (city_code, month, unit_code),
  FOREIGN KEY (city_code, month) REFERENCES ledger.period (city_code, month)
);
COMMENT ON TABLE ledger.period_unit IS
  'How far each hall has come with a month; the month''s gate says how far the last of them has';
COMMENT ON COLUMN ledger.period_unit.unit_code IS 'City hall, or county hall with its townships';
COMMENT ON COLUMN ledger.period_unit.changed_at IS 'When the state last changed';
COMMENT ON COLUMN ledger.period_unit.changed_by IS 'Who changed it';

CREATE TABLE ledger.sealed_subject (
  city_code text NOT NULL,
  month date NOT NULL,
  subject_kind text NOT NULL CHECK (subject_kind IN ('staff', 'window', 'department')),
  subject_code text NOT NULL,
  unit_code text NOT NULL,
  sealed_at timestamptz NOT NULL,
  sealed_batch bigint NOT NULL,
  PRIMARY KEY (city_code, month, subject_kind, subject_code),
  FOREIGN KEY (city_code, month, unit_code)
    REFERENCES ledger.period_unit (city_code, month, unit_code)
);
COMMENT ON TABLE ledger.sealed_subject IS
  'Whose month is sealed though that of other halls is not: it takes no entry of theirs any more';
COMMENT ON COLUMN ledger.sealed_subject.subject_kind IS 'staff, window or department';
COMMENT ON COLUMN ledger.sealed_subject.subject_code IS 'Staff number, window code or the department''s USCC';
COMMENT ON COLUMN ledger.sealed_subject.unit_code IS 'The hall with which it was sealed, and stays';
COMMENT ON COLUMN ledger.sealed_subject.sealed_at IS 'When it was sealed';
COMMENT ON COLUMN ledger.sealed_subject.sealed_batch IS 'The last batch of ratings that its month counts';

INSERT INTO ledger.period_unit (city_code, month, unit_code, state, changed_at, changed_by)
  SELECT DISTINCT s.city_code, s.month, s.unit_code, p.state, p.changed_at, p.changed_by
  FROM close.statement s JOIN ledger.period p ON p.city_code = s.city_code AND p.month = s.month;

CREATE VIEW ledger.v_period_unit AS SELECT city_code, month, unit_code, state FROM ledger.period_unit;
COMMENT ON VIEW ledger.v_period_unit IS 'Published: how far each hall has come with each month';
CREATE VIEW ledger.v_sealed_subject AS
  SELECT city_code, month, subject_kind, subject_code, unit_code FROM ledger.sealed_subject;
COMMENT ON VIEW ledger.v_sealed_subject IS 'Published: whose month is sealed before that of the whole city';
GRANT SELECT, INSERT, UPDATE, DELETE ON ledger.period_unit TO yiping_app;
GRANT SELECT, INSERT ON ledger.sealed_subject TO yiping_app;
GRANT SELECT ON ledger.v_period_unit, ledger.v_sealed_subject TO yiping_app;

-- A late rating counts for its clerk, its window and the item's owner, whose months may be sealed apart.
CREATE TABLE ledger.carried_share (
  city_code text NOT NULL,
  step_id bigint NOT NULL,
  subject_kind text NOT NULL CHECK (subject_kind IN ('staff', 'window', 'department')),
  subject_code text NOT NULL,
  service_month date NOT NULL,
  month date NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, step_id, subject_kind, subject_code),
  FOREIGN KEY (city_code, month) REFERENCES ledger.period (city_code, month)
);
CREATE INDEX carried_share_month ON ledger.carried_share (city_code, month);
COMMENT ON TABLE ledger.carried_share IS
  'Ratings that came after the month of one they count for was sealed, with the month that counts them';
COMMENT ON COLUMN ledger.carried_share.step_id IS 'Record number of the rated step';
COMMENT ON COLUMN ledger.carried_share.subject_kind IS 'Whose good rate it joins: staff, window, department';
COMMENT ON COLUMN ledger.carried_share.subject_code IS
  'Staff number, window code or USCC of the item''s owner';
COMMENT ON COLUMN ledger.carried_share.service_month IS 'The month of the service, sealed for this subject';
COMMENT ON COLUMN ledger.carried_share.month IS 'Month in whose score it counts';
INSERT INTO ledger.carried_share
  (city_code, step_id, subject_kind, subject_code, service_month, month, recorded_at)
  SELECT c.city_code, c.step_id, x.kind, x.code, c.service_month, c.month, c.recorded_at
  FROM ledger.carried_rating c
  JOIN intake.case_step s ON s.city_code = c.city_code AND s.step_id = c.step_id
  CROSS JOIN LATERAL (VALUES ('staff', s.staff_no), ('window', s.window_code),
    ('department', left(s.task_code, 18))) AS x(kind, code)
  WHERE x.code IS NOT NULL;
DROP VIEW ledger.v_carried_rating;
DROP TABLE ledger.carried_rating;
CREATE VIEW ledger.v_carried_share AS
  SELECT city_code, step_id, subject_kind, subject_code, service_month, month FROM ledger.carried_share;
COMMENT ON VIEW ledger.v_carried_share IS
  'Published: ratings that count for somebody in a later month than their service''s';
GRANT SELECT, INSERT ON ledger.carried_share TO yiping_app;
GRANT SELECT ON ledger.v_carried_share TO yiping_app;

CREATE TABLE close.unit_closing (
  city_code text NOT NULL,
  month date NOT NULL,
  unit_code text NOT NULL,
  closed_at timestamptz NOT NULL,
  closed_by text NOT NULL,
  staff int NOT NULL,
  windows int NOT NULL,
  departments int NOT NULL,
  published_at timestamptz,
  published_by text,
  notice_until timestamptz,
  sealed_at timestamptz,
  sealed_by text,
  waived_reason text,
  PRIMARY KEY (city_code, month, unit_code)
);
COMMENT ON TABLE close.unit_closing IS
  'The end of a month hall by hall; close.closing says the same of all halls together';
COMMENT ON COLUMN close.unit_closing.unit_code IS 'City hall, or county hall with its townships';
COMMENT ON COLUMN close.unit_closing.closed_at IS 'When it was closed last';
COMMENT ON COLUMN close.unit_closing.closed_by IS 'Who closed it';
COMMENT ON COLUMN close.unit_closing.staff IS 'Members of staff assessed';
COMMENT ON COLUMN close.unit_closing.windows IS 'Windows assessed';
COMMENT ON COLUMN close.unit_closing.departments IS 'Departments assessed';
COMMENT ON COLUMN close.unit_closing.published_at IS 'When the public notice began';
COMMENT ON COLUMN close.unit_closing.published_by IS 'Who put the results on public notice';
COMMENT ON COLUMN close.unit_closing.notice_until IS 'Last instant at which objections are in time';
COMMENT ON COLUMN close.unit_closing.sealed_at IS 'When it was sealed';
COMMENT ON COLUMN close.unit_closing.sealed_by IS 'Who sealed it';
COMMENT ON COLUMN close.unit_closing.waived_reason IS
  'Why the notice was cut short; printed on every statement of the hall';
INSERT INTO close.unit_closing (city_code, month, unit_code, closed_at, closed_by, staff, windows,
  departments, published_at, published_by, notice_until, sealed_at, sealed_by, waived_reason)
  SELECT s.city_code, s.month, s.unit_code, c.closed_at, c.closed_by,
         count(*) FILTER (WHERE s.subject_kind = 'staff'), count(*) FILTER (WHERE s.subject_kind = 'window'),
         count(*) FILTER (WHERE s.subject_kind = 'department'), c.published_at, c.published_by,
         c.notice_until, c.sealed_at, c.sealed_by, c.waived_reason
  FROM close.statement s JOIN close.closing c ON c.city_code = s.city_code AND c.month = s.month
  GROUP BY s.city_code, s.month, s.unit_code, c.closed_at, c.closed_by, c.published_at, c.published_by,
           c.notice_until, c.sealed_at, c.sealed_by, c.waived_reason;
GRANT SELECT, INSERT, UPDATE, DELETE ON close.unit_closing TO yiping_app;

-- Whoever came into a hall after it was sealed waits for the rest of the city.
CREATE VIEW close.v_result AS
  SELECT s.city_code, s.month, s.subject_kind, s.subject_code, s.name, s.unit_code, s.identity,
         s.department_code, s.region_code, s.stationing_centi, s.daily_centi, s.case_centi, s.rating_centi,
         s.complaint_centi, s.base_centi, s.bonus, s.bonus_centi, s.total_centi, s.deducted_centi, s.ratable,
         s.rated, s.good, s.bad, s.excluded, s.promised, s.kept, s.grade, s.veto, s.flags, s.pay_fen,
         s.scheme_hash, s.closed_at,
         CASE WHEN p.state = 'sealed' OR z.unit_code IS NOT NULL THEN 'sealed'
           WHEN u.state IS NULL OR u.state = 'sealed' THEN p.state ELSE u.state END AS state
  FROM close.statement s
  JOIN ledger.v_period p ON p.city_code = s.city_code AND p.month = s.month
  LEFT JOIN ledger.v_period_unit u
    ON u.city_code = s.city_code AND u.month = s.month AND u.unit_code = s.unit_code
  LEFT JOIN ledger.v_sealed_subject z
    ON z.city_code = s.city_code AND z.month = s.month AND z.subject_kind = s.subject_kind
    AND z.subject_code = s.subject_code;
COMMENT ON VIEW close.v_result IS 'Statements without their lines, each with how far its own month has come';
GRANT SELECT ON close.v_result TO yiping_app;

CREATE OR REPLACE VIEW ledger.late_decision AS
  SELECT r.city_code, r.month, o.month AS of_month, r.entry_id, r.kind, r.of_entry, r.subject_kind,
         r.subject_code, r.part, r.rule, r.points_centi, r.quantity, r.occurred_on, r.fact_id, r.project_no,
         r.veto, NULL::text AS redress_line, r.recorded_at
  FROM ledger.entry r
  JOIN ledger.entry o ON o.city_code = r.city_code AND o.entry_id = r.of_entry
  WHERE r.kind = 'reversal' AND o.month < r.month
  UNION ALL
  SELECT a.city_code, a.month, date_trunc('month', a.occurred_on::timestamp)::date, a.entry_id, a.kind,
         a.of_entry, a.subject_kind, a.subject_code, a.part, a.rule, a.points_centi, a.quantity,
         a.occurred_on, a.fact_id, a.project_no, a.veto, a.explanation ->> 'line', a.recorded_at
  FROM ledger.entry a
  WHERE a.fact_kind = 'appeal' AND a.kind = 'plain'
    AND date_trunc('month', a.occurred_on::timestamp)::date < a.month;
