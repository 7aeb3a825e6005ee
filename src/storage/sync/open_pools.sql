-- The hub hears of the places before it hears of the first booking. A lease ends
-- twelve hours before the time it is for: what nobody has promised by then goes
-- to whoever comes, and to those who wait.
CREATE TRIGGER sync_pool_of_seat AFTER INSERT ON seat WHEN (SELECT applying FROM sync_state) = 0 BEGIN
    INSERT INTO pool (id, capacity, until)
    SELECT 'appointment/' || lower(hex(NEW.session_id)) || '/' || NEW.starts_at, s.capacity, NEW.starts_at - 43200000
    FROM session s WHERE s.id = NEW.session_id
    ON CONFLICT (id) DO NOTHING;
END;
CREATE TRIGGER sync_pool_of_enrolment BEFORE INSERT ON enrolment WHEN (SELECT applying FROM sync_state) = 0 BEGIN
    INSERT INTO pool (id, capacity, until)
    SELECT 'enrolment/' || lower(hex(NEW.activity_id)) || '/' || NEW.day,
           CASE WHEN c.day IS NULL THEN s.capacity ELSE c.capacity END,
           unixepoch(NEW.day) * 1000 - 43200000
    FROM activity_series s
    LEFT JOIN activity_change c ON c.activity_id = s.activity_id AND c.day = NEW.day AND c.undone_at IS NULL
    WHERE s.activity_id = NEW.activity_id AND s.starts_on <= NEW.day AND coalesce(s.until, NEW.day) >= NEW.day
    ORDER BY s.starts_on DESC LIMIT 1
    ON CONFLICT (id) DO NOTHING;
END;
