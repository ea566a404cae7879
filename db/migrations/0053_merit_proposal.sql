-- 加分事项的确认: what call-backs and the desk propose counts once a second person confirms it.

ALTER TABLE conduct.merit ADD COLUMN recorded_staff text;
ALTER TABLE conduct.merit ADD COLUMN rejected_by text;
ALTER TABLE conduct.merit ADD COLUMN rejected_at timestamptz;
ALTER TABLE conduct.merit ADD COLUMN rejected_note text;
COMMENT ON COLUMN conduct.merit.recorded_staff IS
  'Staff number of who recorded it: another account of theirs is no second person';
COMMENT ON COLUMN conduct.merit.rejected_by IS 'Who refused to confirm it; it never counts';
COMMENT ON COLUMN conduct.merit.rejected_note IS 'Why it was not confirmed';
ALTER TABLE conduct.merit ADD CONSTRAINT merit_rejected CHECK (rejected_at IS NULL OR confirmed_by IS NULL);

CREATE OR REPLACE VIEW conduct.v_unconfirmed AS
  SELECT city_code, 'finding' AS kind, finding_id AS id, occurred_on FROM conduct.finding
  WHERE confirmed_by IS NULL
  UNION ALL
  SELECT city_code, 'merit', merit_id, occurred_on FROM conduct.merit
  WHERE confirmed_by IS NULL AND rejected_at IS NULL;

INSERT INTO oversight.role_permission (role, permission) VALUES
  ('assessment_office', 'merit.confirm'), ('leader', 'merit.confirm');
