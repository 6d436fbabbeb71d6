"""How figures are counted: one set of rules for the books, live reports and audits of foreign logs."""
