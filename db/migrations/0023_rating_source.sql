-- 评价来源: tablets, button devices and entry by staff are told apart from links.

ALTER TABLE feedback.rating DROP CONSTRAINT rating_source_check;
ALTER TABLE feedback.rating ADD CONSTRAINT rating_source_check CHECK (source IN
  ('citizen', 'key', 'import', 'demo', 'tablet', 'button', 'phone', 'paper', 'hotline'));
COMMENT ON COLUMN feedback.rating.source IS
  'citizen: by its link; key: another system; import: migration; demo: invented; tablet, button: '
  'a device of the hall; phone, paper, hotline: entered by staff';
