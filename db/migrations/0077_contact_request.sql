-- 请求联系: whoever rates, whatever the level, may ask to be called; it is registered and answered like a voice.

ALTER TABLE feedback.voice DROP CONSTRAINT voice_kind_check;
ALTER TABLE feedback.voice ADD CONSTRAINT voice_kind_check
  CHECK (kind IN ('stuck_matter', 'complaint', 'suggestion', 'praise', 'contact_request'));
ALTER TABLE handling.work_order DROP CONSTRAINT work_order_kind_check;
ALTER TABLE handling.work_order ADD CONSTRAINT work_order_kind_check
  CHECK (kind IN ('rectification', 'stuck_matter', 'complaint', 'suggestion', 'contact_request'));
ALTER TABLE feedback.call_back DROP CONSTRAINT call_back_source_check;
ALTER TABLE feedback.call_back ADD CONSTRAINT call_back_source_check
  CHECK (source IN ('bad_rating', 'stuck_matter', 'complaint', 'suggestion', 'contact_request', 'sample'));
