"""The Django admin: the setup is edited here, one row at a time or by workbook; what was reported, loaded,
made or recorded is only read.

Rights come from memberships. Saves and deletes call services; deleting many at once is off. One module for each
noun; importing them registers their pages.
"""

from django.contrib import admin

from . import activities, people, plans, records, references, region, strategy

__all__ = ["activities", "people", "plans", "records", "references", "region", "strategy"]

admin.site.disable_action("delete_selected")
# Once all the pages above are there: it takes what is left.
records.register_the_rest()
