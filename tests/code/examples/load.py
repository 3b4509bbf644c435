import json


# region load
def load(path):
    """Reads settings.

    They are JSON, and small.
    """
    with open(path, encoding="utf-8") as file:
        # region parse
        return json.load(file)
        # endregion
# endregion
