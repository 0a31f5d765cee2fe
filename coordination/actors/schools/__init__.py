"""Reads school lists in Dapodik's form, without a database.

`table` opens a CSV or XLSX file, `columns` knows its headings, `regions` turns names into Kemendagri codes,
`kinds` knows which schools the ministry answers for, `rows` puts them together; `contoh` makes demo files.
"""
