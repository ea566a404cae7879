-- 月末: public notice, objections and sealing of a month stand beside its last close.

ALTER TABLE close.closing ADD COLUMN published_at timestamptz;
ALTER TABLE close.closing ADD COLUMN published_by text;
ALTER TABLE close.closing ADD COLUMN notice_until timestamptz;
ALTER TABLE close.closing ADD COLUMN sealed_at timestamptz;
ALTER TABLE close.closing ADD COLUMN sealed_by text;
ALTER TABLE close.closing ADD COLUMN waived_reason text;

COMMENT ON COLUMN close.closing.published_at IS 'When the public notice began';
COMMENT ON COLUMN close.closing.published_by IS 'Who put the results on public notice';
COMMENT ON COLUMN close.closing.notice_until IS 'Last instant at which objections are in time';
COMMENT ON COLUMN close.closing.sealed_at IS 'When the month was sealed';
COMMENT ON COLUMN close.closing.sealed_by IS 'Who sealed it';
COMMENT ON COLUMN close.closing.waived_reason IS 'Why the notice was cut short; printed on every statement';
