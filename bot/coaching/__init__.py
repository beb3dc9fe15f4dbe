"""Words for the talk with the lender."""
