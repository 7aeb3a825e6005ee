SELECT EXISTS (
    SELECT 1 FROM appointment a JOIN appointment b ON b.resident_id = ?2
    WHERE a.resident_id = ?1 AND a.open = 1 AND b.open = 1
      AND (a.session_id = b.session_id
           OR (a.status <> 'waitlist' AND b.status <> 'waitlist'
               AND a.starts_at < b.ends_at AND a.ends_at > b.starts_at)))
