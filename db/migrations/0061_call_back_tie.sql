-- 回访满意率 as the second tie-breaker of the best grade: kept with the statement, since a sealed month is
-- graded anew from what it kept and from nothing that came later.

ALTER TABLE close.statement ADD COLUMN call_reached int NOT NULL DEFAULT 0;
ALTER TABLE close.statement ADD COLUMN call_satisfied int NOT NULL DEFAULT 0;
ALTER TABLE close.statement ADD CONSTRAINT statement_calls
  CHECK (call_satisfied >= 0 AND call_satisfied <= call_reached);
COMMENT ON COLUMN close.statement.call_reached IS
  'Call-backs of the month that reached somebody; 0 for departments, and in months closed before it counted';
COMMENT ON COLUMN close.statement.call_satisfied IS 'Of them those who were content: breaks ties';

CREATE OR REPLACE VIEW close.v_result AS
  SELECT s.city_code, s.month, s.subject_kind, s.subject_code, s.name, s.unit_code, s.identity,
         s.department_code, s.region_code, s.stationing_centi, s.daily_centi, s.case_centi, s.rating_centi,
         s.complaint_centi, s.base_centi, s.bonus, s.bonus_centi, s.total_centi, s.deducted_centi, s.ratable,
         s.rated, s.good, s.bad, s.excluded, s.promised, s.kept, s.grade, s.veto, s.flags, s.pay_fen,
         s.scheme_hash, s.closed_at,
         CASE WHEN p.state = 'sealed' OR z.unit_code IS NOT NULL THEN 'sealed'
           WHEN u.state IS NULL OR u.state = 'sealed' THEN p.state ELSE u.state END AS state,
         s.call_reached, s.call_satisfied
  FROM close.statement s
  JOIN ledger.v_period p ON p.city_code = s.city_code AND p.month = s.month
  LEFT JOIN ledger.v_period_unit u
    ON u.city_code = s.city_code AND u.month = s.month AND u.unit_code = s.unit_code
  LEFT JOIN ledger.v_sealed_subject z
    ON z.city_code = s.city_code AND z.month = s.month AND z.subject_kind = s.subject_kind
    AND z.subject_code = s.subject_code;
