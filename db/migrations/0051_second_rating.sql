-- 二次评价: after a rectification the person may rate once more; it is kept beside the first.

CREATE TABLE feedback.second_rating (
  city_code text NOT NULL,
  step_id bigint NOT NULL,
  service_month date NOT NULL,
  opened_at timestamptz NOT NULL,
  open_until timestamptz NOT NULL,
  PRIMARY KEY (city_code, step_id)
);
COMMENT ON TABLE feedback.second_rating IS
  'Services that may be rated a second time (二次评价), since the first, bad rating was answered';
COMMENT ON COLUMN feedback.second_rating.step_id IS 'Record number of the rated step';
COMMENT ON COLUMN feedback.second_rating.service_month IS 'As in feedback.rating';
COMMENT ON COLUMN feedback.second_rating.open_until IS 'First instant at which it is too late';
GRANT SELECT, INSERT ON feedback.second_rating TO yiping_app;

CREATE VIEW feedback.second_answer AS
  SELECT o.city_code, o.step_id, o.service_month, r.satisfaction, r.recorded_at
  FROM feedback.second_rating o
  JOIN feedback.rating r ON r.city_code = o.city_code AND r.service_month = o.service_month
    AND r.step_id = o.step_id AND r.assess_number = 2;
COMMENT ON VIEW feedback.second_answer IS
  'Published: second ratings, which tell whether a rectification satisfied';
GRANT SELECT ON feedback.second_answer TO yiping_app;
