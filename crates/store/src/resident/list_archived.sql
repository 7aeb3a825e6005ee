SELECT id, archived_as, merged_into_id FROM resident WHERE standing = 'archived'
