UPDATE enrolment SET place = NULL, status = 'waitlist'
WHERE activity_id = unhex(?2 ->> 'activity_id') AND day = ?2 ->> 'day' AND place = ?2 ->> 'place' AND id <> unhex(?1);
UPDATE enrolment SET place = NULL, status = 'cancelled'
WHERE activity_id = unhex(?2 ->> 'activity_id') AND day = ?2 ->> 'day'
  AND resident_id = unhex(?2 ->> 'resident_id') AND status <> 'cancelled' AND id <> unhex(?1)
