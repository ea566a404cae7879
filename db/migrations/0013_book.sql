-- 记分快路: what a close reads of a month's ratings, and nothing more.

CREATE INDEX rating_bad ON feedback.rating (city_code, service_month, step_id) WHERE satisfaction <= 2;

-- Published for counting: the first rating of each step without its step, for whoever reads the steps anyway.
CREATE VIEW feedback.first_rating AS
  SELECT r.city_code, r.service_month, r.step_id, r.satisfaction, r.channel,
         coalesce(v.verdict IN ('mistaken', 'malicious'), false) AS excluded
  FROM feedback.rating r
  LEFT JOIN feedback.rating_verdict v
    ON v.city_code = r.city_code AND v.step_id = r.step_id AND v.assess_number = r.assess_number
  WHERE r.assess_number = 1;
COMMENT ON VIEW feedback.first_rating IS
  'Published: level and channel of first ratings, and whether a verdict excluded them; to be joined to steps';
GRANT SELECT ON feedback.first_rating TO yiping_app;
