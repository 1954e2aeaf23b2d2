"""Pictures of every kind of page, taken so that two of the same program are the same, compared, and cut for docs.

Here live the house that stands still, the camera, what is photographed and how pictures are compared. What kinds of
pages there are is `tests.browser.page_kinds`; the house itself is `tests.browser.house`.
"""
