SELECT pg_advisory_lock(7311);
DO $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'kiosk_hub_api') THEN
        CREATE ROLE kiosk_hub_api LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
    END IF;
END $$;
CREATE TABLE IF NOT EXISTS schema_version (version integer PRIMARY KEY);
