-- 整改扣分: what an order charges because a bad rating was answered late, or badly.

CREATE TABLE handling.order_charge (
  city_code text NOT NULL,
  order_id uuid NOT NULL,
  rule text NOT NULL CHECK (rule IN ('rating.not_rectified', 'rating.follow_up_dissatisfied')),
  charge_id text NOT NULL,
  project_no text,
  subject_kind text CHECK (subject_kind IN ('window', 'department')),
  subject_code text,
  occurred_on date NOT NULL,
  recorded_at timestamptz NOT NULL,
  waived text CHECK (waived IN ('excluded', 'unassigned')),
  PRIMARY KEY (city_code, order_id, rule),
  UNIQUE (city_code, charge_id),
  CHECK ((subject_kind IS NULL) = (subject_code IS NULL)),
  CHECK (waived IS NOT NULL OR subject_kind IS NOT NULL),
  FOREIGN KEY (city_code, order_id) REFERENCES handling.work_order (city_code, order_id)
);
CREATE INDEX order_charge_day ON handling.order_charge (city_code, occurred_on);
COMMENT ON TABLE handling.order_charge IS
  'What an order charges (整改扣分): not rectified in time, still dissatisfied at call-back; each once an order';
COMMENT ON COLUMN handling.order_charge.rule IS 'Rule of the assessment scheme';
COMMENT ON COLUMN handling.order_charge.charge_id IS
  'The fact''s name in the score book: the order''s number and what it is';
COMMENT ON COLUMN handling.order_charge.subject_kind IS
  'Window of the department that answers, else the department; never a clerk';
COMMENT ON COLUMN handling.order_charge.subject_code IS 'Window code or the department''s USCC';
COMMENT ON COLUMN handling.order_charge.occurred_on IS 'First overdue day, or day of the call-back';
COMMENT ON COLUMN handling.order_charge.recorded_at IS 'Since when it stands';
COMMENT ON COLUMN handling.order_charge.waived IS
  'Why it charges nobody: the rating was excluded, or no department had the order';
GRANT SELECT, INSERT, UPDATE ON handling.order_charge TO yiping_app;

CREATE VIEW handling.v_order_charge AS
  SELECT city_code, charge_id, rule, project_no, subject_kind, subject_code, occurred_on, recorded_at
  FROM handling.order_charge WHERE waived IS NULL;
COMMENT ON VIEW handling.v_order_charge IS 'Published: what orders charge, for the score book';
GRANT SELECT ON handling.v_order_charge TO yiping_app;

ALTER TABLE ledger.entry DROP CONSTRAINT entry_fact_kind_check;
ALTER TABLE ledger.entry ADD CONSTRAINT entry_fact_kind_check
  CHECK (fact_kind IN ('finding', 'merit', 'complaint', 'rating', 'appeal', 'record', 'order'));
