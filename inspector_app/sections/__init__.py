"""The sections of a report, as the pages about them show them."""
