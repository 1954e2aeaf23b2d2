from django.apps import AppConfig


class ToolkitsConfig(AppConfig):
    name = "tests.kinds.toolkits"
    label = "toolkits"
