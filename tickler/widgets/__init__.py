"""What several screens show: fed with views, posting messages up."""
