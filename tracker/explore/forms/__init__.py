"""What is typed or chosen on the pages: what is shown, and what is planned."""

from .choice import ChoiceForm, FrameworkForm, GoalForm, ListingForm, SearchForm

__all__ = ["ChoiceForm", "FrameworkForm", "GoalForm", "ListingForm", "SearchForm"]
