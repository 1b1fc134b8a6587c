"""What is measured, and how it compares. Run ``make bench``; nothing here is asserted."""
