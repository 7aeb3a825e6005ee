UPDATE staff SET signed_out_at = ?2 WHERE id = ?1 AND archived_at IS NULL
