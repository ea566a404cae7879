-- 请求联系随评价保存: who wants to be contacted about a rating is kept with it, in the rater's own record.

ALTER TABLE feedback.rater ADD COLUMN name_enc bytea;
ALTER TABLE feedback.rater ADD COLUMN phone_enc bytea;
COMMENT ON COLUMN feedback.rater.name_enc IS 'Name left to be contacted by, sealed; null where none was';
COMMENT ON COLUMN feedback.rater.phone_enc IS
  'Phone left to be contacted by, sealed; its order opens by the fact rating.contact_asked';
