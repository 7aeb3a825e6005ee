UPDATE volunteer SET resident_id = NULL WHERE resident_id = unhex(?2 ->> 'resident_id') AND id <> unhex(?1)
