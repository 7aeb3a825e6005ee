SELECT name, type, "notnull", dflt_value FROM pragma_table_info(?1)
