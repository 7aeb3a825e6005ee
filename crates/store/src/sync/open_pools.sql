-- The hub hears of the places before it hears of the first booking. A lease ends
-- twelve hours before the time it is for: what nobody has promised by then goes
-- to whoever comes, and to those who wait.
CREATE TRIGGER sync_pool_of_seat AFTER INSERT ON seat WHEN (SELECT applying FROM sync_state) = 0 BEGIN
    INSERT INTO pool (id, capacity, until)
    SELECT 'appointment/' || lower(hex(NEW.session_id)) || '/' || NEW.starts_at, s.capacity, NEW.starts_at - 43200000
    FROM session s WHERE s.id = NEW.session_id
    ON CONFLICT (id) DO UPDATE SET capacity = excluded.capacity WHERE capacity IS NOT excluded.capacity;
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
    ON CONFLICT (id) DO UPDATE SET capacity = excluded.capacity WHERE capacity IS NOT excluded.capacity;
END;
-- A place that is added is known before the first of those who wait gets it.
CREATE TRIGGER sync_pool_of_session AFTER UPDATE OF capacity ON session
WHEN (SELECT applying FROM sync_state) = 0 AND NEW.capacity IS NOT OLD.capacity BEGIN
    UPDATE pool SET capacity = NEW.capacity
    WHERE id > 'appointment/' || lower(hex(NEW.id)) || '/' AND id < 'appointment/' || lower(hex(NEW.id)) || '0'
      AND capacity IS NOT NEW.capacity;
END;
CREATE TRIGGER sync_pool_of_change AFTER INSERT ON activity_change
WHEN (SELECT applying FROM sync_state) = 0 BEGIN
    UPDATE pool SET capacity = NEW.capacity
    WHERE id = 'enrolment/' || lower(hex(NEW.activity_id)) || '/' || NEW.day AND capacity IS NOT NEW.capacity;
END;
CREATE TRIGGER sync_pool_of_changed AFTER UPDATE ON activity_change
WHEN (SELECT applying FROM sync_state) = 0 BEGIN
    UPDATE pool SET capacity = CASE WHEN NEW.undone_at IS NULL THEN NEW.capacity ELSE (
        SELECT s.capacity FROM activity_series s
        WHERE s.activity_id = NEW.activity_id AND s.starts_on <= NEW.day AND coalesce(s.until, NEW.day) >= NEW.day
        ORDER BY s.starts_on DESC LIMIT 1) END
    WHERE id = 'enrolment/' || lower(hex(NEW.activity_id)) || '/' || NEW.day;
END;
CREATE TRIGGER sync_pool_of_series AFTER INSERT ON activity_series
WHEN (SELECT applying FROM sync_state) = 0 BEGIN
    UPDATE pool SET capacity = NEW.capacity
    WHERE id > 'enrolment/' || lower(hex(NEW.activity_id)) || '/' AND id < 'enrolment/' || lower(hex(NEW.activity_id)) || '0'
      AND substr(id, 44) >= NEW.starts_on AND substr(id, 44) <= coalesce(NEW.until, substr(id, 44))
      AND capacity IS NOT NEW.capacity AND NOT EXISTS (
        SELECT 1 FROM activity_change c
        WHERE c.activity_id = NEW.activity_id AND c.day = substr(pool.id, 44) AND c.undone_at IS NULL);
END;
