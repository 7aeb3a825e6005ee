SELECT DISTINCT yard FROM resident WHERE yard <> '' ORDER BY yard
