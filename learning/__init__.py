"""Learning: training modules, recorded webinars, courses and cohorts; progress, quizzes, completion.

Editors write pages in Wagtail; learners take them with or without JavaScript. Imports directory, never
mentoring."""
