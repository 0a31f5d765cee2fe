"""The tenancy wall: who answers for a row is its `path`, and PostgreSQL holds it.

`paths` has the grammar, `scope` puts statements into an actor's area, `carried` sends it to the database with them,
`enclose` puts a table behind the wall in its migration, `roles` makes the database roles, `checks` refuses to start
without the wall. The reasons are in docs/decisions/001-tenancy-wall.md.
"""
