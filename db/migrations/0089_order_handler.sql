-- 交办到人: which person of the department has an order in hand.

ALTER TABLE handling.work_order ADD COLUMN handler_id text, ADD COLUMN handler_name text;
CREATE INDEX work_order_handler ON handling.work_order (city_code, handler_id, next_due_at, order_id)
  WHERE state NOT IN ('closed', 'withdrawn') AND handler_id IS NOT NULL;
COMMENT ON COLUMN handling.work_order.handler_id IS
  'Account of the person in the department who has it in hand; empty while nobody is named';
COMMENT ON COLUMN handling.work_order.handler_name IS 'Name of that person when they were named';
