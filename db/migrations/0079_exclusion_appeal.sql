-- 排除驳回的复核: a rejected proposal is heard once more, by a supervisor who took no part.

ALTER TABLE handling.exclusion
  ADD COLUMN appealed_at timestamptz,
  ADD COLUMN appeal_note text,
  ADD COLUMN first_decided_by text,
  ADD COLUMN first_decided_name text,
  ADD COLUMN first_decided_at timestamptz,
  ADD COLUMN first_note text;
COMMENT ON COLUMN handling.exclusion.appealed_at IS
  'When its proposer appealed against the rejection (复核), once at most; it waits for its decision again';
COMMENT ON COLUMN handling.exclusion.appeal_note IS 'Why the proposer appealed';
COMMENT ON COLUMN handling.exclusion.first_decided_by IS 'Account that rejected it first; another decides';
COMMENT ON COLUMN handling.exclusion.first_decided_name IS 'Who rejected it first';
COMMENT ON COLUMN handling.exclusion.first_decided_at IS 'When it was rejected first';
COMMENT ON COLUMN handling.exclusion.first_note IS 'Why it was rejected first';
