"""Names as they are spelt, and whether the search finds whom they mean."""
