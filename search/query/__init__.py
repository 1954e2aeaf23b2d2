"""What is asked, and what a page shows of the answer."""
