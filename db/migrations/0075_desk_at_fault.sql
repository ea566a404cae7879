-- 办不成事认定: a stuck matter found at fault counts as its own rule, and one event is charged once.

ALTER TABLE feedback.complaint
  ADD COLUMN kind text NOT NULL DEFAULT 'complaint' CHECK (kind IN ('complaint', 'stuck_matter')),
  ADD COLUMN charged_with text;
COMMENT ON COLUMN feedback.complaint.kind IS
  'complaint 投诉, or stuck_matter 办不成事反映, which has a rule of its own';
COMMENT ON COLUMN feedback.complaint.charged_with IS
  'What has charged the same event already (一事不二罚): this one is found at fault and charges nothing';

CREATE OR REPLACE VIEW feedback.at_fault_complaint AS
  SELECT city_code, complaint_id, received_at, channel, subject_kind, subject_code, project_no, recorded_by,
         confirmed_by, recorded_at, decided_at,
         CASE kind WHEN 'stuck_matter' THEN 'complaint.desk_at_fault' ELSE 'complaint.at_fault' END AS rule
  FROM feedback.complaint
  WHERE outcome = 'at_fault' AND confirmed_by IS NOT NULL AND charged_with IS NULL;
COMMENT ON VIEW feedback.at_fault_complaint IS
  'Published: complaints and stuck matters found at fault and confirmed, without their text';

ALTER TABLE handling.voice_decision ADD COLUMN charged_with text;
COMMENT ON COLUMN handling.voice_decision.charged_with IS
  'At fault and not charged, since this has charged the same event already: a rating or another voice';
COMMENT ON TABLE handling.voice_decision IS
  'Whether a complaint or a stuck matter is at fault (投诉认定): one person proposes, another decides';
