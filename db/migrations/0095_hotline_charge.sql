-- 热线工单逾期: an order that came by 12345 and is answered late charges too.

ALTER TABLE handling.order_charge DROP CONSTRAINT order_charge_rule_check;
ALTER TABLE handling.order_charge ADD CONSTRAINT order_charge_rule_check
  CHECK (rule IN ('rating.not_rectified', 'rating.follow_up_dissatisfied', 'complaint.hotline_overdue'));
COMMENT ON TABLE handling.order_charge IS
  'What an order charges (整改扣分): answered late, or badly at call-back; each once an order';
