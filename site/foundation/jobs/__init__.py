"""Jobs: the queue (django-q2), schedules declared in code, and the bridge for Wagtail's own tasks.

A job is a module-level function that takes ids, finds out for itself what is left to do, and may run twice."""
