-- 更正: what sealed months owe by everything decided of them since, and what later months give.

CREATE INDEX entry_reversal ON ledger.entry (city_code, of_entry) WHERE kind = 'reversal';

-- Published: entries that speak of a sealed month and count in a later one.
CREATE VIEW ledger.late_decision AS
  SELECT r.city_code, r.month, o.month AS of_month, r.entry_id, r.kind, r.of_entry, r.subject_kind,
         r.subject_code, r.part, r.rule, r.points_centi, r.quantity, r.occurred_on, r.fact_id, r.project_no,
         r.veto, NULL::text AS redress_line
  FROM ledger.entry r
  JOIN ledger.entry o ON o.city_code = r.city_code AND o.entry_id = r.of_entry
  WHERE r.kind = 'reversal' AND o.month < r.month
  UNION ALL
  SELECT a.city_code, a.month, date_trunc('month', a.occurred_on::timestamp)::date, a.entry_id, a.kind,
         a.of_entry, a.subject_kind, a.subject_code, a.part, a.rule, a.points_centi, a.quantity,
         a.occurred_on, a.fact_id, a.project_no, a.veto, a.explanation ->> 'line'
  FROM ledger.entry a
  WHERE a.fact_kind = 'appeal' AND a.kind = 'plain'
    AND date_trunc('month', a.occurred_on::timestamp)::date < a.month;
COMMENT ON VIEW ledger.late_decision IS
  'Published: reversals and redress that speak of a sealed month and count in a later one, with that month';
GRANT SELECT ON ledger.late_decision TO yiping_app;

-- A veto stands as long as an entry of its month carries it that nothing has taken back.
CREATE VIEW ledger.v_standing_veto AS
  SELECT DISTINCT e.city_code, e.month, e.subject_kind, e.subject_code FROM ledger.entry e
  WHERE e.veto AND e.kind IN ('plain', 'post') AND NOT EXISTS (
    SELECT 1 FROM ledger.entry r
    WHERE r.city_code = e.city_code AND r.of_entry = e.entry_id AND r.kind = 'reversal');
COMMENT ON VIEW ledger.v_standing_veto IS
  'Published: subjects against whom a rule with veto stands in a month, whenever one was taken back';
CREATE INDEX entry_veto ON ledger.entry (city_code, month) WHERE veto AND kind IN ('plain', 'post');
GRANT SELECT ON ledger.v_standing_veto TO yiping_app;

CREATE TABLE close.redress (
  city_code text NOT NULL,
  month date NOT NULL,
  of_month date NOT NULL,
  subject_kind text NOT NULL CHECK (subject_kind IN ('staff', 'window', 'department')),
  subject_code text NOT NULL,
  sealed_centi int NOT NULL,
  rescored_centi int NOT NULL,
  owed_centi int NOT NULL CHECK (owed_centi >= 0),
  before_centi int NOT NULL,
  given_centi int NOT NULL,
  PRIMARY KEY (city_code, month, of_month, subject_kind, subject_code)
);
COMMENT ON TABLE close.redress IS
  'What a sealed month owes a subject by what was decided of it since, and what a later month gives of it';
COMMENT ON COLUMN close.redress.month IS 'Month whose close gives; replaced by each close, frozen by sealing';
COMMENT ON COLUMN close.redress.of_month IS 'The sealed month that was scored once more';
COMMENT ON COLUMN close.redress.subject_kind IS 'staff, window or department';
COMMENT ON COLUMN close.redress.subject_code IS 'Staff number, window code or the department''s USCC';
COMMENT ON COLUMN close.redress.sealed_centi IS
  'Total of the sealed statement in 0.01, its own redress left out';
COMMENT ON COLUMN close.redress.rescored_centi IS 'What that total would be by everything decided since';
COMMENT ON COLUMN close.redress.owed_centi IS 'What is owed for the sealed month altogether';
COMMENT ON COLUMN close.redress.before_centi IS 'What months sealed before have given of it';
COMMENT ON COLUMN close.redress.given_centi IS
  'What this month gives: less than is left where the subject is not assessed in it or its total is full';
GRANT SELECT, INSERT, DELETE ON close.redress TO yiping_app;
