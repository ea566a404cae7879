-- 一事不二罚（跨月）: a bad rating of a case of which a complaint was found at fault in another month.

ALTER TABLE ledger.entry DROP CONSTRAINT entry_reason_check;
ALTER TABLE ledger.entry ADD CONSTRAINT entry_reason_check
  CHECK (reason IN ('reattributed', 'excluded', 'appeal', 'revalued', 'one_event'));
COMMENT ON COLUMN ledger.entry.reason IS
  'Why it is taken back: reattributed 改归属, excluded 剔除, appeal 申诉, revalued 方案调整, one_event 一事已在别月扣分';
