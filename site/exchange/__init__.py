"""The web site that binds the rooms together: settings, ground floor (accounts, notifications, workflow,
jobs, design) and roof (home, URLs, demo content). Learning, directory, mentoring and search are rooms of
their own beside it; what they share lives on the ground floor."""
