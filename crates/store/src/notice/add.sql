INSERT INTO notice (id, kind, words, from_on, until_on) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING
