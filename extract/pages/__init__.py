"""Pages to look at: the report of many records, one article, the errors of an evaluation."""
