"""The pages of the mission’s workspace, a module for each part of them."""
