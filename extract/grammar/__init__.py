"""Russian grammar, once for all that reads sentences: phrases with names in them, and the predicates they depend on."""
