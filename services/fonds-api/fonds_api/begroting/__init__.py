"""The begroting: versions of a year, where their tables do not add up, adoption, and four years together."""
