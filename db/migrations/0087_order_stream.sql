-- 工单即时更新: what has changed in the last seconds, asked for each second while a page listens.
CREATE INDEX work_order_changed ON handling.work_order (city_code, changed_at);
