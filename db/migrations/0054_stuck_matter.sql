-- “办不成事”: what a stuck matter is a case of, or why the desk can't take it up.

ALTER TABLE feedback.voice ADD COLUMN category text;
ALTER TABLE feedback.voice ADD COLUMN exclusion text;
COMMENT ON COLUMN feedback.voice.category IS
  'Which case of a stuck matter, by rules/example-city/stuck-matter.yaml; empty while nobody has said';
COMMENT ON COLUMN feedback.voice.exclusion IS
  'Why the desk can''t take it up: the person was told the remedy at once, and no order opens';
